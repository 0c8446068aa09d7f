// Which server, path, namespace and Manager io() finds.

import assert from "node:assert/strict";

/** Notes namespace, path and query of each socket. */
function noteSockets({ io, log }) {
  const note = ({ nsp, handshake }) => log.push({ nsp: nsp.name, query: handshake.query });
  io.on("connection", note);
  io.of(/./).on("connection", note); // all but the one that there is
}

const websocket = { transports: ["websocket"] };

export default [
  {
    rows: ["1.1 ES module"],
    title: "io, connect and the default export are one function that has the others",
    core: true,
    page({ client }) {
      const { io, connect, Manager, Socket } = client;
      const one = [connect, client.default, io.io, io.connect].map((other) => other === io);
      return [...one, io.Manager === Manager, io.Socket === Socket];
    },
    expect: (result) => assert.deepEqual(result, Array(6).fill(true)),
  },
  {
    rows: ["1.1 ES module"],
    title: "the classes, the transports and the number of the protocol are exported",
    core: true,
    page({ client }) {
      const names = ["Manager", "Socket", "XHR", "Fetch", "WebSocket", "NodeXHR", "NodeWebSocket"];
      const aliases = [client.NodeXHR === client.XHR, client.NodeWebSocket === client.WebSocket];
      return { kinds: names.map((name) => typeof client[name]), aliases, protocol: client.protocol };
    },
    expect({ kinds, aliases, protocol }) {
      assert.deepEqual(kinds, Array(7).fill("function"));
      assert.deepEqual(aliases, [true, true], "in a browser the names for Node.js are the same classes");
      assert.equal(protocol, 5);
    },
  },
  {
    rows: ["1.3 path"],
    title: "null in the place of options, and empty texts among them, are as good as nothing",
    core: true,
    server: ({ io }) => io.on("connection", () => {}),
    async page({ io, Manager, url, next }) {
      const nothing = { path: "", query: "", auth: "", forceNew: true };
      const sockets = [io(url, null), io(url, nothing), new Manager(url, null).socket("/")];
      await Promise.all(sockets.map((socket) => next(socket, "connect")));
      return sockets.every(({ connected }) => connected);
    },
    expect: (result) => assert.ok(result),
  },
  {
    rows: ["1.1 ES module"],
    title: "what io() gives is a Socket of a Manager",
    page({ io, Manager, Socket }) {
      const socket = io({ autoConnect: false });
      return [socket instanceof Socket, socket.io instanceof Manager];
    },
    expect: (result) => assert.deepEqual(result, [true, true]),
  },
  {
    rows: ["1.2 no uri"],
    title: "without an address the page's own server is meant",
    core: true,
    server: noteSockets,
    async page({ io, next }) {
      await next(io(), "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log.map(({ nsp }) => nsp), ["/"]),
  },
  {
    rows: ["1.2 no uri"],
    title: "options may stand alone, or after undefined",
    options: { path: "/own" },
    async page({ io, next, arg }) {
      await next(io({ path: "/own", query: { alone: 1 }, ...arg }), "connect");
      await next(io(undefined, { path: "/own", query: { alone: 0 }, forceNew: true, ...arg }), "connect");
    },
    arg: websocket,
    server: noteSockets,
    expect: (_, { log }) => assert.deepEqual(log.map(({ query }) => query.alone), ["1", "0"]),
  },
  {
    rows: ["1.2 no uri", "1.6 new Manager"],
    title: "null is no address either",
    async page({ io, Manager, next }) {
      await next(io(null), "connect");
      await next(new Manager(null, { query: { own: 1 } }), "open");
    },
    expect: (_, { requests }) => assert.ok(requests.some(({ query }) => query.own === "1")),
  },
  {
    rows: ["1.2 relative uri"],
    title: "an address of a slash and a name is a namespace of the page's own server",
    server: noteSockets,
    async page({ io, next, arg }) {
      const socket = io("/chat", arg);
      await next(socket, "connect");
      return socket.nsp;
    },
    arg: websocket,
    expect(nsp, { log }) {
      assert.equal(nsp, "/chat");
      assert.deepEqual(log.map((entry) => entry.nsp), ["/chat"]);
    },
  },
  {
    rows: ["1.2 relative uri"],
    title: "an address without its protocol takes the page's",
    server: noteSockets,
    async page({ io, next, arg }) {
      const { port } = location;
      const hosts = [`//127.0.0.1:${port}`, `127.0.0.1:${port}`, `localhost:${port}`, `//localhost:${port}`];
      for (const [at, host] of hosts.entries()) await next(io(`${host}/${at}`, arg), "connect");
    },
    arg: websocket,
    expect: (_, { log }) => assert.deepEqual(log.map(({ nsp }) => nsp), ["/0", "/1", "/2", "/3"]),
  },
  {
    rows: ["1.2 relative uri"],
    title: "an IPv6 host keeps its brackets in the requests, and has none as the engine's hostname",
    async page({ io, next }) {
      const asked = new Promise((resolve) => {
        const { open } = XMLHttpRequest.prototype;
        XMLHttpRequest.prototype.open = function (method, address, ...rest) {
          resolve(String(address));
          return open.call(this, method, address, ...rest);
        };
      });
      const socket = io("http://[::1]:8999/chat", { transports: ["polling"], reconnection: false });
      const { hostname, port, secure } = socket.io.engine;
      return { asked: (await asked).split("?")[0], hostname, port, secure };
    },
    expect({ asked, hostname, port, secure }) {
      assert.equal(asked, "http://[::1]:8999/socket.io/");
      assert.equal(hostname, "::1");
      assert.equal(Number(port), 8999);
      assert.equal(secure, false);
    },
  },
  {
    rows: ["1.2 path part", "1.3 path"],
    title: "the path of the address is the namespace, the option path is where requests go",
    core: true,
    options: { path: "/own" },
    server: noteSockets,
    async page({ io, next, url, arg }) {
      const socket = io(`${url}/chat/room`, { ...arg, path: "/own" });
      await next(socket, "connect");
      return socket.nsp;
    },
    arg: websocket,
    expect(nsp, { log, requests }) {
      assert.equal(nsp, "/chat/room");
      assert.equal(log[0].nsp, "/chat/room");
      assert.match(requests[0].url, /^\/own\/\?EIO=4&transport=websocket/);
    },
  },
  {
    rows: ["1.2 path part", "1.3 path"],
    title: "requests go to /socket.io/ unless told otherwise",
    async page({ io, next, url, arg }) {
      await next(io(url, arg), "connect");
    },
    arg: websocket,
    expect: (_, { requests }) => assert.match(requests[0].url, /^\/socket\.io\/\?/),
  },
  {
    rows: ["1.2 path part"],
    title: "a path that lacks its first slash gets it",
    fault: "joins it to the port",
    fails: /no "connect"/,
    options: { path: "/own" },
    async page({ io, next, url, arg }) {
      await next(io(url, { ...arg, path: "own" }), "connect", 1_000);
    },
    arg: websocket,
    expect: (_, { requests }) => assert.match(requests[0].url, /^\/own\//),
  },
  {
    rows: ["1.2 query part"],
    title: "the query of the address goes with every request",
    core: true,
    server: noteSockets,
    async page({ io, next, url }) {
      await next(io(`${url}?token=a%20b&x=1`, { transports: ["polling"] }), "connect");
    },
    expect(_, { log, requests }) {
      assert.equal(log[0].query.x, "1");
      for (const { query } of requests) assert.equal(query.token, "a b");
    },
  },
  {
    rows: ["1.2 query part"],
    title: "a value in the query of the address may contain =",
    server: noteSockets,
    async page({ io, next, url, arg }) {
      await next(io(`${url}?sum=x=y`, arg), "connect");
    },
    arg: websocket,
    expect: (_, { log }) => assert.equal(log[0].query.sum, "x=y"),
  },
  {
    rows: ["1.2 query part"],
    title: "with a query in the address and one in the options both are sent, and the option wins",
    fault: "leaves out the option's query",
    fails: /option/,
    server: noteSockets,
    async page({ io, next, url, arg }) {
      await next(io(`${url}?both=address&address=1`, { ...arg, query: { both: "option", option: "1" } }), "connect");
    },
    arg: websocket,
    expect(_, { log: [{ query }] }) {
      assert.deepEqual([query.both, query.address, query.option], ["option", "1", "1"]);
    },
  },
  {
    rows: ["1.2 query part"],
    title: "the options of the caller are left as they are",
    fault: "writes path, hostname, secure, port and query into them",
    fails: /hostname/,
    async page({ io, next, url, arg }) {
      const options = { ...arg };
      await next(io(`${url}?x=1`, options), "connect");
      return options;
    },
    arg: websocket,
    expect: (options) => assert.deepEqual(options, websocket),
  },
  {
    rows: ["1.2 query part"],
    title: "options may be frozen",
    fault: "throws a TypeError",
    fails: /TypeError/,
    async page({ io, next, url, arg }) {
      await next(io(url, Object.freeze({ ...arg })), "connect");
    },
    arg: websocket,
  },
  {
    rows: ["1.2 cache id", "1.3 multiplex"],
    title: "namespaces of one server share one connection",
    core: true,
    server: noteSockets,
    async page({ io, next, url, arg }) {
      const [first, second] = ["/a", "/b"].map((nsp) => io(url + nsp, arg));
      await Promise.all([next(first, "connect"), next(second, "connect")]);
      return first.io === second.io;
    },
    arg: websocket,
    expect(same, { requests, log }) {
      assert.equal(same, true);
      assert.equal(requests.length, 1);
      assert.equal(log.length, 2);
    },
  },
  {
    rows: ["1.2 cache id"],
    title: "an address with the default port is the same server as without it",
    page({ io }) {
      const manager = (address) => io(address, { autoConnect: false }).io;
      const same = (one, other) => manager(one) === manager(other);
      const http = same("http://shop.test/a", "http://shop.test:80/b");
      const https = same("https://shop.test/a", "https://shop.test:443/b");
      const protocols = same("http://shop.test/c", "https://shop.test/c");
      const ports = same("http://shop.test/d", "http://shop.test:81/d");
      return { http, https, protocols, ports };
    },
    expect: (result) => assert.deepEqual(result, { http: true, https: true, protocols: false, ports: false }),
  },
  {
    rows: ["1.2 cache id"],
    title: "another path is another connection",
    page({ io, url }) {
      const manager = (nsp, path) => io(url + nsp, { path, autoConnect: false }).io;
      const [one, same, other] = [manager("/a", "/one"), manager("/b", "/one"), manager("/c", "/other")];
      return [one === same, one === other];
    },
    expect: (result) => assert.deepEqual(result, [true, false]),
  },
  {
    rows: ["1.2 cache id"],
    title: "another query is the same connection, and keeps the first query",
    server: noteSockets,
    async page({ io, next, url, arg }) {
      const first = io(`${url}/a?x=1`, arg);
      await next(first, "connect");
      const second = io(`${url}/b?x=2`, arg);
      await next(second, "connect");
      return first.io === second.io;
    },
    arg: websocket,
    expect(same, { log }) {
      assert.equal(same, true);
      assert.deepEqual(log.map(({ query }) => query.x), ["1", "1"]);
    },
  },
  {
    rows: ["1.2 new Manager", "1.3 forceNew", "1.3 multiplex"],
    title: "forceNew, its old name and multiplex: false give a connection of one's own",
    server: noteSockets,
    async page({ io, next, url, arg }) {
      const more = [{}, { forceNew: true }, { "force new connection": true }, { multiplex: false }];
      const sockets = more.map((options, at) => io(`${url}/${at}`, { ...arg, ...options }));
      await Promise.all(sockets.map((socket) => next(socket, "connect")));
      const later = io(`${url}/later`, arg);
      return { managers: new Set(sockets.map((socket) => socket.io)).size, cached: later.io === sockets[0].io };
    },
    arg: websocket,
    expect(result, { requests }) {
      assert.deepEqual(result, { managers: 4, cached: true });
      assert.equal(requests.length, 4);
    },
  },
  {
    rows: ["1.2 new Manager"],
    title: "a second socket for a namespace in use gets a connection of its own",
    server: noteSockets,
    async page({ io, next, url, arg }) {
      const [first, second] = [io(url, arg), io(url, arg)];
      await Promise.all([next(first, "connect"), next(second, "connect")]);
      return [first === second, first.io === second.io, first.id === second.id];
    },
    arg: websocket,
    expect(result, { log }) {
      assert.deepEqual(result, [false, false, false]);
      assert.equal(log.length, 2);
    },
  },
  {
    rows: ["1.2 URI too long"],
    title: "an address of more than 8000 characters is refused",
    page({ io, url }) {
      try {
        io(`${url}/${"a".repeat(8_000)}`, { autoConnect: false });
        return "accepted";
      } catch (error) {
        return String(error);
      }
    },
    expect: (result) => assert.match(result, /URI too long/),
  },
  {
    rows: ["1.2 URI too long"],
    title: "user and password of the address are not sent",
    async page({ io, next, arg }) {
      await next(io(`http://user:secret@${location.host}`, arg), "connect");
    },
    arg: { transports: ["polling"] },
    expect(_, { requests }) {
      for (const { headers, url } of requests) {
        assert.equal(headers.authorization, undefined);
        assert.doesNotMatch(url, /secret/);
      }
    },
  },
  {
    rows: ["1.2 ws:// and wss://"],
    title: "an address may begin with ws://, also for polling",
    server: noteSockets,
    async page({ io, next }) {
      for (const transport of ["websocket", "polling"]) {
        const socket = io(`ws://${location.host}`, { transports: [transport], forceNew: true });
        await next(socket, "connect");
      }
    },
    expect: (_, { log }) => assert.deepEqual(log.map(({ query }) => query.transport), ["websocket", "polling"]),
  },
  {
    rows: ["1.2 ws:// and wss://"],
    title: "wss:// is secure and has port 443",
    page({ io }) {
      const { secure, port } = io("wss://shop.test", { transports: ["polling"], reconnection: false }).io.engine;
      return { secure, port: Number(port) };
    },
    expect: (result) => assert.deepEqual(result, { secure: true, port: 443 }),
  },
  {
    rows: ["1.2 no uri", "1.2 relative uri"],
    title: "an address without a host is the page's own server",
    arg: websocket,
    server: noteSockets,
    async page({ io, next, arg }) {
      const { port } = location;
      const withScheme = ["http://", "//", "ws:///chat?n=3", `http://:${port}`];
      for (const uri of ["", "?n=1", `:${port}`, `:${port}/chat?n=2`, ...withScheme]) {
        await next(io(uri, { ...arg, forceNew: true }), "connect");
      }
    },
    expect(_, { log }) {
      const found = log.map(({ nsp, query }) => nsp + (query.n ?? ""));
      assert.deepEqual(found, ["/", "/1", "/", "/chat2", "/", "/", "/chat3", "/"]);
    },
  },
];
