"""What a release says of its parts: a bill of materials in CycloneDX, and the texts of all licences."""

import uuid
from datetime import datetime

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from deploy.releasing.parts import Part

LINE = "─" * 100


def bill_of_materials(name: str, version: str, parts: list[Part], *, at: datetime) -> str:
    """The bill of materials of a release as CycloneDX 1.6 in JSON; the same bytes for the same parts and moment."""
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{name}/{version}/{at.isoformat()}"))
    bom.metadata.timestamp = at
    bom.metadata.component = _component(Part("generic", name, version, "Apache-2.0", (), ()), ComponentType.APPLICATION)
    for part in parts:
        bom.components.add(_component(part, ComponentType.LIBRARY))
    bom.register_dependency(bom.metadata.component, bom.components)
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2) + "\n"


def licences(parts: list[Part]) -> str:
    """The name, version, licence and licence texts of each part, one after the other."""
    return "\n".join("\n\n".join([_heading(part), *part.texts]).rstrip() + "\n" for part in parts)


def _component(part, kind):
    group, _, name = part.name.rpartition("/")
    return Component(
        type=kind,
        group=group or None,
        name=name,
        version=part.version,
        purl=(purl := PackageURL(part.kind, group or None, name, part.version)),
        bom_ref=purl.to_string(),
        licenses=[LicenseFactory().make_from_string(part.licence)],
        hashes=[HashType(alg=HashAlgorithm(algorithm), content=digest) for algorithm, digest in part.hashes],
    )


def _heading(part):
    return f"{LINE}\n{part.name} {part.version}\n{part.licence}\n{LINE}"
