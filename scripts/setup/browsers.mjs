import { findBrowsers } from "../browsers.mjs";
import { Problem } from "../lib/problem.mjs";
import { installDebian, say } from "./debian.mjs";

export const systemBrowsers = {
  title: "Chromium, Firefox, WebKitGTK",
  // WebKitGTK looks for a session bus, and xvfb-run for xauth.
  run: (progress) => installDebian(fromDebian(), progress, ["dbus", "xauth"]),
};

export const completeness = {
  title: "Browsers can be driven",
  async run() {
    if (missing().length) throw new Problem(say(missing()));
    const unsupported = Object.values(findBrowsers()).map((browser) => browser.unsupported);
    return unsupported.filter(Boolean).join(", ");
  },
};

function missing() {
  return Object.values(findBrowsers()).flatMap((browser) => (browser.unsupported ? [] : browser.missing));
}

/** geckodriver is no package there; cargo builds it afterwards. */
const fromDebian = () => missing().filter(({ debian }) => debian);
