// What the tabs that share an outbox tell each other. Browsers without BroadcastChannel, Safari before 15.4, don't.

export class Tabs {
  constructor(name, hear) {
    this.name = name;
    this.hear = hear;
  }

  listen(isWanted) {
    if (isWanted && !this.channel && globalThis.BroadcastChannel) {
      try {
        this.channel = new BroadcastChannel(this.name);
        this.channel.onmessage = ({ data }) => this.hear(data);
      } catch {
        // Where a page may keep nothing, Firefox allows no channel either.
      }
    } else if (!isWanted && this.channel) {
      this.channel.close();
      this.channel = undefined;
    }
  }

  tell(news) {
    if (!globalThis.BroadcastChannel) return;
    // Its own news a channel does not hear; another one of this tab would.
    const channel = this.channel ?? new BroadcastChannel(this.name);
    channel.postMessage(news);
    if (channel !== this.channel) channel.close();
  }
}
