import time
import pytest
from tests.browser.driver import *
@pytest.mark.browser
def test_x(lab, page):
    t=time.time()
    f=lab.folder("a", "harrow-bend")
    page.on("console", lambda m: print("console", m.type, m.text[:200]) if m.type in("error",) else None)
    nb=lab.open(page, f, "02-purpose")
    print("opened", time.time()-t)
    try:
        s=nb.sheet("Shared goals and vision")
    except AssertionError:
        print(page.locator(".ctekit-sheet").evaluate_all("a=>a.map(x=>x.ariaLabel)"))
        page.screenshot(path="/tmp/x.png")
        raise
    print("sheet", time.time()-t)
    s.shot("try")
    page.screenshot(path="/tmp/x.png")
    try:
        nb.export(f/"x.html")
    except Exception as e:
        print(e); page.screenshot(path="/tmp/y.png")
