"""The voucher, and the desk at the door."""

from tests.pictures.registry import shot

# What a shot opens, set with the site: the path of a voucher, and the codes that are scanned.
OPENED = {}
DESK = "/meetings/r2p-rehearsal/hand-over/"


def scan(camera, code):
    page = camera.as_staff(DESK)
    page.get_by_label("Name of this desk").fill("Desk 2")
    page.get_by_label("Scan the voucher").fill(code)
    page.get_by_label("Scan the voucher").press("Enter")
    page.locator(".verdict").wait_for()


@shot("voucher")
def voucher(camera):
    camera.open(OPENED["voucher"])


@shot("hand-over-green", width=390, height=844)
def green(camera):
    scan(camera, OPENED["codes"][2])


@shot("hand-over-amber", width=390, height=844)
def amber(camera):
    scan(camera, OPENED["codes"][0])
