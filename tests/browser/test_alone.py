"""The page is one file: a browser asks for nothing else and complains of nothing."""


def test_nothing_is_asked_for_but_the_file_itself(browser, copy):
    page = browser.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(copy.path.as_uri(), wait_until="networkidle")
    for width in (390, 1280):  # what only one width shows is there too
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="print")
        page.emulate_media(media="screen")
    page.mouse.wheel(0, 100_000)
    page.wait_for_load_state("networkidle")
    page.close()
    assert asked == [copy.path.as_uri()]
    assert complaints == []


def test_the_page_itself_forbids_what_it_does_not_need(opened):
    page = opened(1280)
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.evaluate(
        "() => { const s = document.createElement('script');"
        " s.textContent = 'window.ran = true'; document.body.append(s);"
        " const i = new Image(); i.src = 'https://example.org/x.png' }"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert sum("Content Security Policy" in text for text in refused) == 2
