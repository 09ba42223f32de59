"""The variables of the environment that say whether other systems are told what happens."""

import re

from environ import Env

from config.environment import wrong

# A host name, or an address as numbers.
HOST = re.compile(r"[0-9a-z:.-]+")


def webhooks(env: Env) -> tuple[bool, list[str]]:
    """`WEBHOOKS`: are other systems told anything? And `WEBHOOK_INTERNAL_HOSTS`: those inside the own network."""
    hosts = [host.strip().lower() for host in env.str("WEBHOOK_INTERNAL_HOSTS", default="").split(",") if host.strip()]
    if not all(HOST.fullmatch(host) for host in hosts):
        raise wrong("WEBHOOK_INTERNAL_HOSTS", "holds something that is no host name and no address")
    return bool(env.bool("WEBHOOKS", default=False)), hosts
