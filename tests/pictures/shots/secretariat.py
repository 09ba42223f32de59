"""What staff see."""

from tests.pictures.registry import shot

LIST = "/secretariat/speakers/inscription/"


def entry(camera, name, **query):
    """Go to the entry of the delegation `name`."""
    search = "&".join(f"{key}={value}" for key, value in {"q": name, **query}.items())
    camera.as_staff(f"{LIST}?{search}")
    camera.page.locator("#result_list").get_by_role("link", name=name).first.click()


def act(camera, label):
    """Open the form of an act from the page that is shown."""
    camera.page.get_by_role("link", name=label, exact=True).click()


def meeting(camera):
    """Go to the page of the rehearsal."""
    camera.as_staff("/secretariat/dialogue/meeting/")
    camera.page.get_by_role("link", name="Rehearsal: ").click()


@shot("desk", height=860)
def front_page(camera):
    camera.as_staff("/secretariat/")


@shot("desk-list", height=900)
def speakers(camera):
    camera.as_staff(LIST)


@shot("desk-entry", height=980)
def one_entry(camera):
    entry(camera, "Georgia")


@shot("unverified-entry", height=1100)
def unverified(camera):
    entry(camera, "Armenia")
    act(camera, "Verify")


@shot("pin", height=820)
def pinning(camera):
    entry(camera, "Norway")
    act(camera, "Pin before another")
    camera.page.get_by_label("Right before").select_option(index=10)
    camera.page.get_by_label("Reason").fill("The Minister leaves at noon; agreed with Denmark.")


@shot("on-behalf", height=1000)
def on_behalf(camera):
    camera.as_staff(f"{LIST}add/")


@shot("deadline", height=900)
def deadline(camera):
    meeting(camera)
    act(camera, "Change the deadline")
    camera.page.get_by_label("Reason").fill("Many missions asked for another day.")


@shot("clock", height=820)
def clock(camera):
    meeting(camera)
    act(camera, "Shift the rehearsal’s clock")


@shot("mail", height=760)
def mail(camera):
    camera.as_staff("/secretariat/outbox/message/?about=r2p-rehearsal")


@shot("journal", height=900)
def journal(camera):
    camera.as_staff("/secretariat/journal/entry/?stream=meeting/r2p-rehearsal")


@shot("board", height=1000)
def board(camera):
    entry(camera, "Norway")
    act(camera, "Pin before another")
    camera.page.get_by_label("Right before").select_option(index=8)
    camera.page.get_by_label("Reason").fill("The Minister leaves at noon; agreed with Denmark.")
    camera.page.get_by_role("button", name="Pin before another").click()
    camera.open("/secretariat/speakers/inscription/board/r2p-rehearsal/")


@shot("forecast")
def forecast(camera):
    page = camera.as_staff("/secretariat/")
    return page.locator(".need--ahead").first


@shot("mail-draft", height=900)
def drafts(camera):
    camera.as_staff("/secretariat/outbox/message/")
    camera.page.locator("#result_list").get_by_role("link", name="Inscribed on the list").first.click()


@shot("mail-text", height=1000)
def mail_text(camera):
    camera.as_staff("/secretariat/dialogue/mailtext/r2p-rehearsal/acknowledgement/fr/")
    camera.page.get_by_label("Subject").fill("Inscription de {delegation}, reçu {receipt_number}")
    words = "{delegation} est inscrite sur la liste des orateurs, à la place {place}.\n\n{recorded}\n\n{how_to_change}"
    camera.page.locator("#id_body").fill(words)
    camera.page.get_by_role("button", name="Preview").click()


@shot("programme-release", height=900)
def programme_versions(camera):
    meeting(camera)
    act(camera, "Release the programme")
    camera.page.get_by_label("What is new").fill("The programme as it stands on the day of the invitation.")


@shot("import", height=900)
def importing(camera):
    camera.as_staff("/secretariat/speakers/delegation/import/")
    rows = ["code,focal point e-mail,focal point name", "RWA,second@rwanda.example,Second secretary", "GHA,no address,"]
    files = {"name": "focal-points.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    camera.page.get_by_label("File").set_input_files(files)
    camera.page.get_by_role("button", name="Check the file").click()


@shot("figures", height=1060)
def figures(camera):
    camera.as_staff("/secretariat/meetings/r2p-rehearsal/figures/")


@shot("revisions", height=1000)
def revisions(camera):
    from tests.pictures import revising

    camera.open("/")
    revising.publish()
    camera.open("/meetings/r2p-rehearsal/speakers/revisions/")
    camera.page.locator(".bump-region").scroll_into_view_if_needed()
