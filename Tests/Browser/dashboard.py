"""Uses the page /dashboard as people do, in a browser, and checks what it does and what it does not.

usage: dashboard.py FOLDER SCREENSHOTS
       URL, ACME, BOTH, OPERATOR and WRONG (a token that does not verify) are in the environment.
"""
import json
import os
import sys
import time
from urllib.parse import urlsplit

from devtools import Browser

folder, pictures = sys.argv[1:]
url = os.environ["URL"]
tokens = {name: os.environ[name] for name in ("ACME", "BOTH", "OPERATOR", "WRONG")}
failures = []

HOSTILE_TRACE = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa0e1"
CHECKOUT_TRACE = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa05"
GLOBEX_TRACE = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb2"
MARKUP = "<img src=x onerror=\"window.hacked=1\">"

LUMINANCE = """
function faint(least) {
  const parse = (text) => {
    const canvas = faint.canvas ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const luminance = ([r, g, b]) => [r, g, b].map((each) => each / 255)
    .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
  const over = (top, below) => [0, 1, 2].map((index) => top[index] * top[3] + below[index] * (1 - top[3])).concat(1);
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) layers.push(parse(getComputedStyle(each).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), parse(getComputedStyle(document.documentElement).colorScheme.startsWith("dark") ? "#000" : "#fff"));
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || ["TITLE", "NOSCRIPT", "STYLE", "OPTION", "TEXTAREA"].includes(element.tagName)) continue;
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".unseen, .skip, .within, button:disabled")) continue;
    const style = getComputedStyle(element);
    const colour = parse(element instanceof SVGElement ? style.fill : style.color);
    if (colour[3] === 0) continue;
    const back = ground(element);
    const [light, dark] = [luminance(over(colour, back)), luminance(back)].sort((left, right) => right - left);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < least) found.push(`${ratio.toFixed(2)} ${element.tagName}.${element.getAttribute("class") || ""} ${node.data.trim().slice(0, 40)}`);
  }
  return found;
}
"""


def check(what, holds, detail=""):
    """Says whether something holds; the script goes on, so that one run tells all."""
    if holds:
        print(f"    ok: {what}")
    else:
        print(f"    FAILED: {what}\n      {detail}", file=sys.stderr)
        failures.append(what)


def texts(selector):
    return browser.run(f"[...document.querySelectorAll({json.dumps(selector)})].map((each) => each.textContent)")


def text(selector):
    return browser.run(f"document.querySelector({json.dumps(selector)})?.textContent ?? ''")


def click(selector, containing=""):
    """Clicks the first element of a selector that has a text."""
    found = browser.run(
        f"(() => {{ const found = [...document.querySelectorAll({json.dumps(selector)})].find((each) => "
        f"each.textContent.includes({json.dumps(containing)}) && each.checkVisibility()); found?.click(); return Boolean(found); }})()")
    check(f"there is {selector} {containing}".rstrip(), found)


def sign_in(token):
    browser.open(f"{url}/dashboard")
    check("the page asks for a token", browser.wait("document.getElementById('token') !== null"), [
        event["params"] for event in browser.events if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown")][-2:])
    browser.run("document.getElementById('token').focus()")
    browser.type(token)
    browser.press("Enter")
    return browser.wait("document.querySelector('.stages li') !== null")


def go(view):
    browser.run(f"location.hash = '#{view}'")
    browser.wait(f"document.querySelector('.view.{view}') !== null")


def write(query, language="PromQL"):
    """Chooses a language and puts a query into the field in place of what is there."""
    click(".choice [role=radio]", language)
    browser.run("document.getElementById('query').focus()")
    browser.press("a", 2)
    browser.press("Backspace")
    browser.type(query)


def run(query, language="PromQL"):
    """Writes a query and runs it by the keyboard."""
    write(query, language)
    browser.press("Enter", 2)
    # The page marks itself busy before it asks.
    browser.wait("document.querySelector('.result').getAttribute('aria-busy') === 'false'")


def instantly(chosen):
    click(".choice [role=radio]", "Instant" if chosen else "Range")


def in_sight(name):
    """Contrast, names and width of what is shown now, in both themes."""
    for theme in ("light", "dark"):
        browser.theme(theme)
        faint = browser.run(f"(() => {{ {LUMINANCE}; return faint(4.5); }})()")
        check(f"{name}: every text has a contrast of 4.5 in the {theme} theme", faint == [], "\n      ".join(faint[:12]))
        browser.screenshot(f"{pictures}/{name}-{theme}.png")
    browser.theme("light")
    tab_through(name)
    controls = {"button", "link", "textbox", "combobox", "radio", "slider", "checkbox", "img", "region", "table", "treegrid", "DateTime", "radiogroup", "navigation", "form"}
    nodes = browser.accessibility()
    unnamed = [node for node in nodes if node["role"] in controls and not node["name"].strip()]
    check(f"{name}: every control, region and table has a name", unnamed == [], unnamed)
    check(f"{name}: there are controls to look at", len([node for node in nodes if node["role"] in controls]) > 2)
    for landmark in ("main", "banner"):
        check(f"{name}: it has the landmark {landmark}", any(node["role"] == landmark for node in nodes), sorted({node["role"] for node in nodes if node["role"]}))
    check(f"{name}: it has one heading of the first level",
          len([node for node in nodes if node["role"] == "heading" and node["properties"].get("level") == 1]) == 1)
    browser.size(360, 740)
    time.sleep(0.2)
    width = browser.run("document.documentElement.scrollWidth")
    check(f"{name}: nothing is wider than 360 pixels", width <= 360, f"{width}: " + str(browser.run(
        "[...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > 361 && !each.closest('.scroll, .unseen, .legend, .excerpt')).slice(0, 5).map((each) => each.tagName + '.' + each.className)")))
    browser.screenshot(f"{pictures}/{name}-narrow.png")
    browser.size(1440, 1000)
    time.sleep(0.2)


def tab_through(name):
    """Everything that can be used is reached by Tab, and shows that it is."""
    browser.run("""(() => {
        document.activeElement.blur();
        window.tabbed = new Set();
        window.untold = [];
        window.wanted = [...document.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']")]
            .filter((each) => each.tabIndex >= 0 && each.checkVisibility() && !each.disabled);
        return wanted.length;
    })()""")
    for _ in range(160):
        browser.press("Tab")
        if browser.run("""(() => {
            const at = document.activeElement;
            if (at === document.body) return false;
            const style = getComputedStyle(at);
            if (!tabbed.has(at) && (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)) untold.push(at.outerHTML.slice(0, 80));
            tabbed.add(at);
            return wanted.every((each) => tabbed.has(each));
        })()"""):
            break
    missed = browser.run("wanted.filter((each) => !tabbed.has(each)).map((each) => each.outerHTML.slice(0, 100))")
    check(f"{name}: everything is reached by Tab", missed == [], missed)
    untold = browser.run("untold")
    check(f"{name}: what has the focus shows it", untold == [], untold)
    browser.run("delete window.tabbed; delete window.untold; delete window.wanted; document.activeElement.blur()")


def is_forgotten(token, where):
    """The token is nowhere that outlives the page or that others can read."""
    held = browser.run("""(() => JSON.stringify([
        Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href, history.state, window.name,
        document.documentElement.outerHTML, [...document.querySelectorAll("input, textarea")].map((each) => each.value), Object.keys(window).map((each) => String(window[each]).slice(0, 5000)),
    ]))()""")
    check(f"the token is in no storage, cookie, address, element or global {where}", token not in held and token.split(".")[2] not in held)
    check(f"nothing is stored at all {where}", browser.run("localStorage.length + sessionStorage.length + document.cookie.length") == 0)
    databases = browser.run("indexedDB.databases().then((list) => list.length)")
    check(f"nor in a database {where}", databases == 0, databases)


def signing_in():
    browser.open(f"{url}/dashboard")
    check("it asks for a token", browser.wait("document.getElementById('token')?.type === 'password'"))
    check("and says that it is kept in memory alone", "memory alone" in text("#token-hint"), text("#token-hint"))
    in_sight("sign-in")
    browser.run("document.getElementById('token').focus()")
    browser.type(tokens["WRONG"])
    browser.press("Enter")
    check("a token that does not verify is refused in words", browser.wait("document.getElementById('token-trouble').textContent.includes('not accepted')"), text("#token-trouble"))
    browser.run("document.getElementById('token').value = ''")
    check("acme signs in by the keyboard", sign_in(tokens["ACME"]))
    check("the field for the token is gone", browser.run("document.querySelector('input[type=password]') === null"))
    is_forgotten(tokens["ACME"], "after signing in")


def health():
    browser.run("window.shifted = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value; }).observe({ type: 'layout-shift' })")
    check("it is healthy", "Healthy" in text(".state"), text(".state"))
    check("it says whose figures they are", "acme" in text(".scope"), text(".scope"))
    check("it says who is signed in", "acme" in text("#session"), text("#session"))
    services = " ".join(texts("[aria-labelledby=services] tbody tr"))
    check("services have a status", services.count("up") >= 3, services)
    providers = " ".join(texts("[aria-labelledby=providers] tbody tr"))
    check("providers have a version", "Prometheus" in providers and "2." in providers, providers)
    check("a tenant is not told where they are", "127.0.0.1" not in providers, providers)
    stages = texts(".stages h3")
    check("the stages stand in their order", len(stages) >= 9 and "Request id" in stages[0] and "Validation" in stages[-1], stages)
    check("with their settings", "max body bytes" in text(".stages").lower(), text(".stages"))
    check("a tenant has no list of recent errors", browser.run("document.getElementById('failures') === null"))
    check("charts are described in words", all("from" in each for each in texts(".chart .unseen")), texts(".chart .unseen"))
    before = text(".fresh")
    check("it asks again by itself", browser.wait(f"document.querySelector('.fresh').textContent !== {json.dumps(before)}"), before)
    click("button", "Pause")
    paused = asked()
    time.sleep(6)
    check("paused, it does not", asked() == paused, f"{asked()} {paused}")
    click("button", "Resume")
    check("resumed, it does", browser.wait("document.querySelector('.fresh').textContent.includes('as of')") and eventually(lambda: asked() > paused))
    shifted = browser.run("window.shifted")
    check("nothing moved meanwhile", shifted < 0.01, shifted)
    # The cursor of a chart follows the keyboard, and says what it is at.
    browser.run("document.querySelector('.plot').focus()")
    browser.press("Home")
    first = browser.run("document.activeElement.getAttribute('aria-valuetext')")
    check("the chart's cursor speaks", "all requests" in first, first)
    browser.press("End")
    check("and moves to the end", browser.run("document.activeElement.getAttribute('aria-valuenow') === document.activeElement.getAttribute('aria-valuemax')"))
    check("what it points at is shown", browser.run("!document.querySelector('.tip').hidden"))
    browser.press("Escape")
    in_sight("health")


def asked():
    browser.run("0")
    return len([event for event in browser.events if event["method"] == "Network.requestWillBeSent" and "health/dashboard" in event["params"]["request"]["url"]])


def eventually(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def metrics():
    go("explore")
    check("it begins with the names of the tenant's own metrics", browser.wait("document.querySelectorAll('.chips button').length > 0") and texts(".chips button") == ["demo_limit", "demo_orders_total", "demo_queue_length"], texts(".chips button"))
    click(".chips button", "demo_limit")
    check("which are put into the query", browser.run("document.getElementById('query').value") == "demo_limit")
    instantly(True)
    run('demo_orders_total{region=~"eu|us"} > 0')
    rows = texts(".result tbody tr")
    check("acme sees its two series", len(rows) == 2 and all("acme" in row for row in rows), rows)
    check("and nothing of globex", "globex" not in text("main"), text("main"))
    check("the confined query stands beside the original", 'tenant_id="acme"' in text(".confined") and "tenant_id" not in texts("pre.query")[0], texts("pre.query"))
    check("what was added is marked", texts(".confined mark.added") == [',tenant_id="acme"'], texts(".confined mark.added"))
    run("demo_limit")
    check("a selector without matchers has its braces marked", texts(".confined mark.added") == ['{tenant_id="acme"}'], texts(".confined mark.added"))
    run('sum(rate(demo_orders_total{tenant_id="acme"}[5m])) + on() absent({__name__=~"b.*"})')
    check("the caller's own matcher is not marked", texts(".confined mark.added") == ['tenant_id="acme",', ',tenant_id="acme"'], texts(".confined mark.added"))
    run('demo_orders_total{tenant_id="globex"}')
    check("globex by name is empty, in words", "No series of yours match" in text(".result"), text(".result"))
    run("scalar(demo_limit)")
    check("a scalar is shown", "Scalar" in text(".result") and "1" in text(".result .figure"), text(".result"))

    instantly(True)
    run("sort(demo_queue_length)")
    values = lambda: browser.run("[...document.querySelectorAll('.result tbody tr')].map((row) => Number(row.lastChild.textContent))")
    browser.run("[...document.querySelectorAll('.result thead button')].at(-1).focus()")
    browser.press("Enter")
    check("the table is sorted by the keyboard", values() == sorted(values(), reverse=True) and len(values()) == 3, values())
    check("and says so", browser.run("document.querySelector('.result th:last-child').getAttribute('aria-sort')") == "descending")
    browser.press(" ")
    check("and the other way round", values() == sorted(values()), values())

    instantly(False)
    run("demo_queue_length")
    check("a range is a plot", browser.wait("document.querySelectorAll('.result .plot path').length >= 3"), text(".result"))
    labels = texts(".result .legend button")
    check("with a legend of what tells its series apart", sorted(labels) == ['{job="mail", region="eu"}', '{job="shop", region="eu"}', '{job="shop", region="us"}'], labels)
    check("and what they have in common above it", 'demo_queue_length{tenant_id="acme"}' in text("#plot"), text("#plot"))
    gaps = browser.run("[...document.querySelectorAll('.result .series path')].map((path) => (path.getAttribute('d').match(/M/g) || []).length)")
    check("a gap stays a gap", sorted(gaps) == [1, 1, 2], gaps)
    check("the axes have round ticks", any(label in ("0", "50", "100") for label in texts(".result .plot text")), texts(".result .plot text"))
    browser.run("document.querySelector('.result .plot').focus()")
    browser.press("End")
    browser.press("ArrowLeft")
    spoken = browser.run("document.activeElement.getAttribute('aria-valuetext')")
    check("the plot's cursor speaks of every series", spoken.count("region=") == 3, spoken)
    box = browser.run("(({ left, top, width, height }) => [left + width / 2, top + height / 2])(document.querySelector('.result .plot').getBoundingClientRect())")
    browser.move(*box)
    check("and follows the pointer", "region=" in text(".result .tip") and browser.run("!document.querySelector('.result .tip').hidden"), text(".result .tip"))
    in_sight("plot")
    browser.run("document.querySelector('.result .legend button').focus()")
    browser.press("Enter")
    check("the legend switches a series off", browser.run("document.querySelectorAll('.result .series').length") == 2 and
          browser.run("document.activeElement.getAttribute('aria-pressed')") == "false")
    is_forgotten(tokens["ACME"], "after queries")


def wrong_queries():
    run("sum(demo_orders_total")
    check("a query that is wrong is said to be", browser.wait("!document.querySelector('.problem').hidden"))
    check("with line and column", "Line 1, column 22" in text(".problem"), text(".problem"))
    check("with the request's id", "Request" in text(".problem .facts"), text(".problem"))
    check("the caret stands there", browser.run("document.getElementById('query').selectionStart") == 21, browser.run("document.getElementById('query').selectionStart"))
    check("the field is said to be invalid", browser.run("document.getElementById('query').getAttribute('aria-invalid')") == "true")
    caret = text(".problem .excerpt").split("\n")
    check("the excerpt points at it", caret[1:] and caret[1].index("^") == 21, caret)
    check("and the place is marked", browser.run("document.querySelectorAll('.ink mark.wrong').length") == 1)
    check("it is announced", "column 22" in text("#announcements"), text("#announcements"))
    in_sight("error")
    write('{job="ä€𝒳"} +\n  up up')
    browser.press("Enter", 2)
    browser.wait("document.querySelector('.problem').textContent.includes('Line 2')")
    check("columns are bytes, marks are characters", texts(".ink mark.wrong") == ["up"] and browser.run("document.getElementById('query').selectionStart") == len('{job="ä€𝒳"} +\n  up '.encode("utf-16-le")) // 2, text(".problem"))
    browser.type(" ")
    check("typing takes the mark away", browser.run("document.querySelectorAll('.ink mark.wrong').length") == 0)
    run("{ parent.x = 1 }", "TraceQL")
    check("what TraceQL cannot make safe is refused with its place", "Line 1, column" in text(".problem") and browser.run("document.querySelectorAll('.ink mark.wrong').length") == 1, text(".problem"))


def traces():
    run("{ }", "TraceQL")
    found = texts(".result tbody tr")
    check("acme finds its traces", len(found) >= 3 and any("acme-shop" in row for row in found), found)
    check("and nobody else's", not any("globex" in row or "unlabelled" in row for row in found), found)
    check("the filter's condition is marked", texts(".confined mark.added") == ['{ resource.tenant_id = "acme" } | ', 'resource.tenant_id = "acme"'], texts(".confined mark.added"))
    run("{ resource.service.name =~ `acme-.*` } | count() > 2", "TraceQL")
    check("also where the caller has one of its own", 'resource.tenant_id' in " ".join(texts(".confined mark.added")), texts(".confined mark.added"))
    browser.run("document.querySelector('.result tbody button').focus()")
    check("the list has the trace of a checkout", CHECKOUT_TRACE.lstrip("0") in browser.run("document.activeElement.textContent"), text(".result"))
    browser.press("Enter")
    check("it opens by the keyboard", browser.wait("document.querySelectorAll('.spans .row').length === 12"), text("main"))
    check("the focus is on its first span", "POST /checkout" in browser.run("document.activeElement.textContent"))
    check("spans are nested", browser.run("[...document.querySelectorAll('.spans .row')].map((row) => row.getAttribute('aria-level')).join('')") == "123434434433", browser.run("[...document.querySelectorAll('.spans .row')].map((row) => row.getAttribute('aria-level')).join('')"))
    for _ in range(9):
        browser.press("ArrowDown")
    browser.press("ArrowUp")
    browser.press("Enter")
    detail = text(".detail")
    check("the arrow keys move, Enter shows a span's attributes", "charge card" in detail and "http.request.method" in detail, detail)
    check("its error and its event", "502 from the bank" in detail and "CardDeclined" in detail, detail)
    browser.press("Home")
    browser.press("ArrowLeft")
    check("the left key closes", browser.run("document.querySelectorAll('.spans .row').length") == 1 and browser.run("document.activeElement.getAttribute('aria-expanded')") == "false")
    browser.press("ArrowRight")
    browser.press("ArrowRight")
    check("the right key opens and goes in", browser.run("document.activeElement.getAttribute('aria-level')") == "2")
    browser.press("Enter")
    in_sight("waterfall")
    click("button", "Close the trace")
    check("closed, the focus is where it was", CHECKOUT_TRACE.lstrip("0") in browser.run("document.activeElement.textContent"))

    run(CHECKOUT_TRACE, "Trace id")
    check("a trace is found by its id", browser.wait("document.querySelectorAll('.spans .row').length === 12"), text("main"))
    run(GLOBEX_TRACE, "Trace id")
    check("another tenant's trace is 404", browser.wait("document.querySelector('.problem').textContent.includes('404')"), text(".problem"))
    check("of which nothing is shown", browser.run("document.querySelectorAll('.spans').length") == 0 and "globex" not in text("main"))
    run("{ } | rate() by (resource.service.name)", "TraceQL")
    check("a metrics query of TraceQL is a plot", browser.wait("document.querySelectorAll('.result .series').length >= 3"), text("main"))


def hostile():
    go("explore")
    instant_query = f"label_replace(demo_limit, \"evil\", {json.dumps(MARKUP)}, \"\", \"\")"
    click(".choice [role=radio]", "PromQL")
    instantly(True)
    run(instant_query)
    check("markup in a label is text", MARKUP in text(".result tbody"), text(".result"))
    instantly(False)
    run(instant_query)
    browser.run("document.querySelector('.result .plot').focus()")
    browser.press("End")
    check("also in a legend and a tip", MARKUP.replace('"', '\\"') in text(".result .legend") and "onerror" in text(".result .tip"), text(".result"))
    run(HOSTILE_TRACE, "Trace id")
    check("also in a span's name", browser.wait(f"document.querySelector('.spans')?.textContent.includes({json.dumps(MARKUP)})"), text("main"))
    check("parents that are each other's lose no span", browser.run("document.querySelectorAll('.spans .row').length") == 4, texts(".spans .row"))
    browser.run("document.querySelector('.spans .row').focus()")
    browser.press("Enter")
    check("and in an attribute", MARKUP in text(".detail"), text(".detail"))
    check("nothing of it became an element", browser.run("document.querySelectorAll('main img, main script, main iframe').length") == 0)
    check("and nothing of it ran", browser.run("window.hacked === undefined"))


def parts():
    """The scripts' own functions, with what no data of a test's happens to have."""
    def of(file, script):
        return browser.run(f"import(new URL('dashboard/scripts/{file}.js', document.baseURI)).then((it) => {{ {script} }})")

    wrong = of("scale", """
        const wrong = [];
        const sizes = [0, 5e-324, 1e-300, 1e-9, 0.1, 1, 7, 99.5, 1e6, 1e15, 1e15 + 0.125, 1.7e308];
        const values = sizes.flatMap((each) => [each, -each]);
        for (const low of values) for (const high of values) {
          if (low > high) continue;
          for (const wanted of [1, 2, 5, 12]) {
            const axis = it.numberTicks(low, high, wanted);
            const sound = axis.ticks.length >= 2 && axis.ticks.length <= 51 && axis.high > axis.low && Number.isFinite(axis.high - axis.low)
              && (Math.abs(low) > 1e300 || axis.low <= low + Math.abs(low) * 1e-9 + (high - low) * 1e-6) && (Math.abs(high) > 1e300 || axis.high >= high - Math.abs(high) * 1e-9 - (high - low) * 1e-6);
            if (!sound) wrong.push([low, high, wanted, axis]);
          }
        }
        return wrong.slice(0, 3);""")
    check("axes hold their values, however large, small or close", wrong == [], wrong)
    wrong = of("syntax", """
        const wrong = [];
        const alphabet = ["{", "}", "(", "a", "_b", ".c", "=", "=~", "!", '"', "'", "`", "\\\\", "\\n", " ", "5m", "0x1", "#", "//", "/*", "€", "𝒳", "|", ","];
        for (let round = 0; round < 3000; round += 1) {
          const text = Array.from({ length: round % 30 }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join("");
          for (const language of ["promql", "traceql"]) {
            if (it.pieces(text, language).map((each) => each.text).join("") !== text) wrong.push(text);
            const marked = it.highlighted(text, language, [{ start: 1, end: 3, kind: "added" }]);
            if (marked.map((each) => each.textContent ?? each).join("") !== text) wrong.push(text);
          }
        }
        return wrong.slice(0, 3);""")
    check("coloured, a text is the same text", wrong == [], wrong)
    trace = of("trace", """
        const span = (spanId, parentSpanId, more) => ({ spanId, parentSpanId, ...more });
        const deep = Array.from({ length: 20000 }, (_, index) => span(`d${index}`, index > 0 ? `d${index - 1}` : "", {}));
        const odd = [span("a", "a", { startTimeUnixNano: "x" }), span("b", "c", {}), span("c", "b", {}), span("", "", { name: null }),
          span("e", "gone", { attributes: [{ key: "k", value: null }, { key: "l" }] }), span("e", "", { endTimeUnixNano: "-5" })];
        const read = (spans) => it.readTrace({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
        return [it.readTrace({}).spans.length, read(odd).spans.length, read(odd).spans.filter((each) => each.orphan).length, read(deep).spans.at(-1).depth,
          it.attributeText({ arrayValue: { values: [{ intValue: "1" }, { kvlistValue: { values: [{ key: "a", value: { boolValue: true } }] } }] } })];""")
    check("of a trace no span is lost, whatever it holds", trace == [0, 6, 1, 20000, "[1, {a: true}]"], trace)


def tenants():
    check("a caller of two tenants signs in", sign_in(tokens["BOTH"]))
    options = texts("#session option")
    check("and may choose one of them", options == ["All 2 tenants", "acme", "globex"], options)
    check("at first the figures are of both", "acme, globex" in text(".scope"), text(".scope"))
    browser.run("(() => { const select = document.querySelector('#session select'); select.value = 'globex'; select.dispatchEvent(new Event('change')); })()")
    check("having chosen, those of the one", browser.wait("document.querySelector('.scope').textContent.includes('globex') && !document.querySelector('.scope').textContent.includes('acme')"), text(".scope"))
    go("explore")
    instantly(True)
    run("demo_orders_total")
    check("and its data alone", browser.wait("document.querySelector('.result tbody') !== null") and all("globex" in row for row in texts(".result tbody tr")), texts(".result tbody tr"))
    click("button", "Sign out")
    check("signing out forgets all", browser.wait("document.getElementById('token') !== null") and "globex" not in browser.run("document.querySelector('main').textContent"))
    is_forgotten(tokens["BOTH"], "after signing out")


def operator():
    check("an operator signs in", sign_in(tokens["OPERATOR"]))
    check("and sees everybody's figures", "everybody" in text(".scope"), text(".scope"))
    check("and where upstreams are", "127.0.0.1" in text("[aria-labelledby=providers]"), text("[aria-labelledby=providers]"))
    rows = texts("[aria-labelledby=failures] tbody tr")
    check("and what was refused last", any("not_found" in row and "getTrace" in row and "acme" in row for row in rows), rows)
    in_sight("operator")
    click("#theme")
    check("the theme can be switched", browser.run("document.documentElement.dataset.theme") == "dark" and "light" in browser.run("document.getElementById('theme').getAttribute('aria-label')"))
    browser.open(f"{url}/dashboard")
    check("reloaded, it asks for the token again", browser.wait("document.getElementById('token') !== null"))


def quiet():
    """What the browser has to complain about, and where it went."""
    complaints = []
    for event in browser.events:
        method, parameters = event["method"], event["params"]
        if method == "Runtime.exceptionThrown":
            complaints.append(parameters["exceptionDetails"].get("exception", {}).get("description", "an exception"))
        elif method == "Runtime.consoleAPICalled":
            complaints.append(str([each.get("value") for each in parameters["args"]]))
        elif method == "Log.entryAdded":
            entry = parameters["entry"]
            # The browser itself notes every answer that is not good; those were asked for.
            if entry["source"] != "network" or "Failed to load resource" not in entry["text"]:
                complaints.append(entry["text"])
        elif method == "Audits.issueAdded" and "SecurityPolicy" in parameters["issue"]["code"]:
            complaints.append(json.dumps(parameters["issue"]))
    check("the browser has no complaint: no exception, no message, no violation of the policy", complaints == [], complaints[:5])
    refused = [event["params"]["response"]["url"] for event in browser.events
               if event["method"] == "Network.responseReceived" and event["params"]["response"]["status"] == 401]
    check("one request was refused for its token, the one that was meant to be", len(refused) == 1, refused)
    origin = urlsplit(url).netloc
    addresses = [event["params"]["request"]["url"] for event in browser.events if event["method"] == "Network.requestWillBeSent"]
    others = [each for each in addresses if urlsplit(each).netloc != origin and not each.startswith(("data:", "about:"))]
    check(f"all {len(addresses)} requests went to this origin", others == [] and len(addresses) > 50, others)
    check("no token is in an address", not any(token in each for token in tokens.values() for each in addresses))
    check("all scripts and styles are the gateway's own", all("/dashboard" in each or "/api/v1/" in each for each in addresses if each.startswith("http")), addresses[:5])


browser = Browser(folder)
try:
    browser.theme("light")
    for part in (signing_in, health, metrics, wrong_queries, traces, hostile, parts, tenants, operator, quiet):
        print(f"  {part.__name__.replace('_', ' ')}")
        part()
finally:
    browser.close()
if failures:
    sys.exit(f"{len(failures)} of the page's checks failed")
