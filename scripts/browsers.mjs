// The browsers of this machine and the programs that drive them over WebDriver. Looks, and installs nothing.

import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fromRoot, isExecutable, which } from "./lib/paths.mjs";

const linux = process.platform === "linux";

/** What each browser needs: the names a program goes by, where else it may be, and Debian's package that has it. */
const wanted = {
  chromium: {
    browser: {
      names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
      places: [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
      ],
      say: "Chromium or Google Chrome",
      debian: "chromium",
    },
    driver: { names: ["chromedriver"], say: "chromedriver", debian: "chromium-driver" },
  },
  firefox: {
    browser: {
      names: ["firefox-esr", "firefox"],
      places: [
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
      ],
      say: "Firefox",
      debian: "firefox-esr",
    },
    driver: { names: ["geckodriver"], say: "geckodriver" },
  },
  webkit: {
    browser: {
      names: ["MiniBrowser"],
      places: miniBrowsers(),
      say: "WebKitGTK's MiniBrowser",
      debian: "webkit2gtk-driver",
    },
    driver: { names: ["WebKitWebDriver"], say: "WebKitWebDriver", debian: "webkit2gtk-driver" },
    screen: { names: ["Xvfb"], say: "Xvfb", debian: "xvfb" },
  },
};

/**
 * Answers, under `chromium`, `firefox` and `webkit`, the paths `{ browser, driver }` (and `screen`, the X server that
 * WebKitGTK needs), with `missing`: a list of `{ say, debian }`, empty when the browser can be used.
 * Where a browser does not exist for this platform, `unsupported` says so.
 */
export function findBrowsers() {
  return Object.fromEntries(Object.entries(wanted).map(([name, parts]) => [name, look(name, parts)]));
}

function look(name, parts) {
  const found = { missing: [] };
  for (const [part, program] of Object.entries(parts)) {
    found[part] = find(program);
    if (!found[part]) found.missing.push({ say: program.say, debian: program.debian });
  }
  if (name === "webkit" && !linux) found.unsupported = "WebKitGTK is there on Linux only";
  return found;
}

function find({ names, places = [] }) {
  const folders = [...process.env.PATH.split(delimiter), fromRoot(".tools", "bin")];
  return [...names.flatMap((name) => which(name, folders)), ...places.filter(isExecutable)][0];
}

/** MiniBrowser is on no PATH; its folder has the architecture and the version in it. */
function miniBrowsers() {
  if (!linux) return [];
  const folders = [...list("/usr/lib"), ...list("/usr/libexec"), "/usr/lib", "/usr/libexec"];
  const inside = folders.flatMap(list).filter((folder) => /\/webkit(2)?gtk-\d/.test(folder));
  return [...new Set(inside)].map((folder) => join(folder, "MiniBrowser"));
}

function list(folder) {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
