// The page: signing in, its two views, and its theme. It stores nothing.

import { announce, show } from "./dom.js";
import { useToken } from "./api.js";
import { ExploreView } from "./explore.js";
import { HealthView } from "./health.js";
import { showSession, signIn } from "./session.js";

const main = document.getElementById("main");
const nav = document.getElementById("views");
const session = document.getElementById("session");
const theme = document.getElementById("theme");
let views = null;

function leave(reason) {
  useToken(null);
  if (views) views.health.active = false;
  views?.explore.leave();
  views = null;
  nav.hidden = true;
  show(session);
  document.title = "Palisade";
  const box = signIn({ reason, onsigned: enter });
  show(main, box.element);
  box.focus();
}

function enter(answer) {
  const onrefusal = (error) => leave(error.status === 401 ? `The token is not accepted any more. ${error.message}` : error.message);
  const health = new HealthView({ onrefusal, onanswer: () => {} });
  const explore = new ExploreView({ onrefusal });
  views = { health, explore };
  showSession(session, answer, {
    onleave: () => { leave(""); announce("Signed out"); },
    ontenant: () => { health.renew(); explore.renew(); },
  });
  nav.hidden = false;
  health.answeredAt = Date.now();
  turn();
  if (health.isActive) health.update(answer);
  announce("Signed in");
}

/** Shows the view that the address names. */
function turn() {
  if (!views) return;
  const name = location.hash === "#explore" ? "explore" : "health";
  for (const link of nav.querySelectorAll("a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${name === "health" ? "Health" : "Explore"} · Palisade`;
  show(main, views[name].element);
  views.health.active = name === "health";
  if (name === "explore") views.explore.enter();
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
function nameTheme() {
  theme.textContent = isDark() ? "Light" : "Dark";
  theme.setAttribute("aria-label", isDark() ? "Switch to the light theme" : "Switch to the dark theme");
}
theme.addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  nameTheme();
});
dark.addEventListener("change", nameTheme);
addEventListener("hashchange", turn);
nameTheme();
leave("");
