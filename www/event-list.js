// The list of events: the newest at its end and in view, the oldest forgotten.

const maxEntries = 200;
// So near to the end counts as reading the newest entry.
const nearEnd = 24;

export function createEventList(list, scroller) {
  return {
    add(text, kind = "plain") {
      const following = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd;
      const item = document.createElement("li");
      item.textContent = text;
      item.className = kind;
      item.dataset.time = new Date().toLocaleTimeString("en-GB");
      list.append(item);
      while (list.childElementCount > maxEntries) list.firstElementChild.remove();
      // Who has scrolled back to read is left in peace.
      if (following) scroller.scrollTop = scroller.scrollHeight;
    },
  };
}
