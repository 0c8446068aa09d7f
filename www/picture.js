// Messages on their way: a label that crosses the wire for each event.

const travelTime = 900;
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

export function createPicture(wire) {
  const [incoming, outgoing] = wire.querySelectorAll(".lane");
  return {
    receive: (text) => cross(incoming, text, "in"),
    send: (text) => cross(outgoing, text, "out"),
  };
}

function cross(lane, text, direction) {
  const label = document.createElement("span");
  label.className = `message ${direction}`;
  label.textContent = text;
  lane.replaceChildren(label);
  if (reducedMotion.matches || document.hidden) return;

  const atBrowser = { left: "0%", transform: "translateX(0)" };
  const atServer = { left: "100%", transform: "translateX(-100%)" };
  const [from, to] = direction === "in" ? [atServer, atBrowser] : [atBrowser, atServer];
  const travel = label.animate(
    [{ ...from, opacity: 0 }, { opacity: 1, offset: 0.08 }, { opacity: 1, offset: 0.92 }, { ...to, opacity: 0 }],
    { duration: travelTime, easing: "cubic-bezier(.45, .05, .55, .95)" },
  );
  travel.onfinish = () => label.remove();
}
