"""In the room. These come last: they hold the rehearsal."""

from tests.pictures.registry import shot

ROOM = "/meetings/r2p-rehearsal/"


def officer(camera, page=""):
    """The page of the console's pages called `page`, in the middle of the morning, during a statement."""
    from tests.pictures import morning  # needs the settings, which are chosen once the site runs

    morning.hold()
    console = camera.as_staff(f"{ROOM}floor/")
    for act in ("call", "begin"):
        if (buttons := console.locator(f".acts--main form[action$='/acts/{act}/'] button")).count():
            buttons.first.click()
            console.locator(f".acts--main form[action$='/acts/{act}/']").wait_for(state="detached")
    return camera.open(f"{ROOM}floor/{page}")


@shot("console", height=900)
def console(camera):
    officer(camera)


@shot("forecast-in-the-room", height=860)
def forecast(camera):
    officer(camera, "forecast/")


@shot("statistics", height=1000)
def statistics(camera):
    officer(camera, "statistics/")


@shot("display", height=720)
def display(camera):
    officer(camera)
    page = camera.open(f"{ROOM}display/")
    page.locator("[data-connection=live], [data-connection=asking]").wait_for()


@shot("open-floor", height=900)
def open_floor(camera):
    from tests.pictures import morning

    officer(camera)
    morning.ask()
    camera.open(f"{ROOM}floor/")
    return camera.page.locator("#console-open-floor")
