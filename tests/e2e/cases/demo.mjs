// The demo page under a user's hands: its switches with the mouse, its buttons with the keyboard alone.

import assert from "node:assert/strict";
import { By, Key } from "selenium-webdriver";
import { until } from "../wait.mjs";

export default function demo(scene) {
  scene("the switch for a browser without WebSocket reloads the page, there and back", {}, noWebSocketSwitch);
  scene("the switch for polling first shows the upgrade", {}, pollingFirstSwitch);
  scene("disconnect, connect and drop by keyboard alone", {}, keyboard);
}

async function noWebSocketSwitch({ page, proxy }) {
  await page.open("/");
  await shown(page, { state: "connected", transport: "websocket" });

  const before = proxy.upgrades.length;
  await flip(page, "no-websocket");
  await page.see("the page without WebSocket", () => location.search === "?no-websocket");
  await shown(page, { state: "connected", transport: "polling", upgraded: "no" });
  assert.equal(await page.run(() => "WebSocket" in window), false);
  assert.equal(proxy.upgrades.length, before);

  await flip(page, "no-websocket");
  await page.see("the page with WebSocket", () => location.search === "");
  await shown(page, { state: "connected", transport: "websocket" });
}

async function pollingFirstSwitch({ page, proxy }) {
  await page.open("/");
  await shown(page, { state: "connected", transport: "websocket" });
  await flip(page, "polling-first");
  await shown(page, { state: "connected", transport: "websocket", upgraded: "yes, from polling" });
  assert.ok(proxy.openWebSockets.at(-1).sid, "the WebSocket took over the polling session");
}

async function keyboard({ page }) {
  await page.open("/");
  await shown(page, { state: "connected" });

  await press(page, "disconnect", Key.ENTER);
  await shown(page, { state: "disconnected", transport: "–", "socket-id": "–" });
  await page.seeEvent("disconnect (io client disconnect)");

  await press(page, "connect", Key.SPACE);
  await shown(page, { state: "connected" });

  const before = (await page.events()).length;
  await press(page, "drop", Key.ENTER);
  const since = async () => (await page.events()).slice(before).filter((item) => !item.startsWith("hello"));
  await until("cut and connected again", async () => (await since()).length >= 2);
  assert.deepEqual(await since(), ["disconnect (transport close)", "connect"]);
  await shown(page, { state: "connected" });
}

/** Waits until the page shows these texts, by the ids of the elements. */
function shown(page, texts) {
  const what = `shown on the page: ${JSON.stringify(texts)}`;
  const task = (expected) =>
    Object.entries(expected).every(([id, text]) => document.getElementById(id)?.textContent === text);
  return page.see(what, task, texts);
}

/** The switch is the checkbox in its label: the label is what a user hits. */
async function flip(page, id) {
  await page.checkErrors();
  await page.driver.findElement(By.css(`label:has(#${id})`)).click();
}

/** Goes to a button with Tab, or Shift and Tab where it comes before, and presses it with another key. */
async function press(page, id, key) {
  const { driver } = page;
  const actions = { ahead: () => driver.actions().sendKeys(Key.TAB) };
  actions.behind = () => driver.actions().keyDown(Key.SHIFT).sendKeys(Key.TAB).keyUp(Key.SHIFT);
  await until(`the focus on "${id}" by Tab`, async () => {
    const where = await page.run(whereIs, id);
    if (where !== "here") await actions[where]().perform();
    return where === "here";
  });
  await driver.actions().sendKeys(key).perform();
}

/** In the page: where an element is, seen from the one with the focus. */
function whereIs(id) {
  const position = document.activeElement.compareDocumentPosition(document.getElementById(id));
  if (position === 0) return "here";
  return position & Node.DOCUMENT_POSITION_FOLLOWING ? "ahead" : "behind";
}
