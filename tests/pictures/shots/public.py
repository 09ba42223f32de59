"""What everyone sees."""

from tests.pictures.registry import shot

MEETING = "/meetings/r2p-rehearsal/"


@shot("meetings", height=760)
def meetings(camera):
    camera.open("/")


@shot("meeting", height=1000)
def meeting(camera):
    camera.open(MEETING)


@shot("programme", height=1000)
def programme(camera):
    camera.open("/meetings/r2p-2016/programme/")


@shot("list", height=1000)
def speakers(camera):
    camera.open(f"{MEETING}speakers/")
