// The text of docs/faults.md around its tables.

export const textOf = ({ once, recover, up, down, notes, faults }) => `# What arrives when the network fails

Each row is a fault of the network, between a page in a real browser and a real \`socket.io\` server, by WebSocket alone, by HTTP long-polling
alone, and with the upgrade from one to the other. While it lasts, and around it, both sides emit ten events per second.
The tests are in [tests/faults](../tests/faults/README.md); \`node tests/faults/run.mjs --long --write\` writes this file.

## From the page to the server

With \`retries\`, an event is sent again until it is answered; the next one follows when it was:

\`\`\`js
const socket = io({ retries: Infinity, ackTimeout: 10_000 });
socket.emit("order", crypto.randomUUID(), { tea: 2 });
\`\`\`

So each event arrives **at least once, in order**: also when its answer was what got lost, and then it arrives twice. An id for each event
lets the server see that. With these lines there it is handled **exactly once, in order**:

\`\`\`js
${once}
\`\`\`

\`\`\`js
io.on("connection", (socket) => socket.on("order", exactlyOnce((order) => save(order), handled)));
\`\`\`

\`handled\` is one for all connections. A server that may be restarted keeps the ids where it keeps the orders, and forgets them
when no page can send them again. \`ackTimeout\` has to be longer than the slowest network takes there and back: sooner sent copies only add to its load.

Without \`retries\`, what was sent before the connection broke may be lost, and is not sent again; what is emitted while there is no
connection waits in \`sendBuffer\` and follows in order. So what is missing are the last events that a connection carried before it broke.
None comes twice, but for what a browser repeats by long-polling, see below. What the page holds is lost with the page.

## From the server to the page

A server's \`emit\` is sent once. **What is lost** is what the server emits while the page is away, and what was on its way when the connection
broke: of a connection that falls silent, all since then, until \`pingInterval\` and \`pingTimeout\` are over. What arrives is in order, and
nothing arrives twice.

With [connection state recovery](https://socket.io/docs/v4/connection-state-recovery) nothing is lost: what was missed follows after the
reconnection, in order, before what is new, and \`socket.recovered\` is \`true\`. It is \`false\`, and what was missed is lost, when

- the server was restarted, and has an adapter that forgets the sessions with it;
- the page was away for longer than \`maxDisconnectionDuration\`, or had not received any event before;
- the page is back before the server has noticed that it was gone;
- the connection broke again before the server's answer was there that it is recovered.

In the last two cases \`socket.io\` 4.8.4 with its own adapter may make it worse: it restores a state that another connection still has, and when
that one ends at last, takes the page out of its rooms. The page then counts as connected and hears nothing any more. This adapter,
which the tests use, prevents it:

\`\`\`js
${recover}
\`\`\`

\`\`\`js
new Server(server, { connectionStateRecovery: {}, adapter: RecoverOnce });
\`\`\`

**By long-polling there is one more way to lose an event.** When a connection that was in use before is reset instead of bringing an
answer, browsers send the request once more by themselves and tell nobody. An answer of the server that is lost so takes
its events along, with recovery, too. A WebSocket has no such gaps, nor is an event from the page lost so: its answer is missing, and it is sent again.
**And one way to get events twice**: Chromium and Firefox repeat a POST so, too. All that it carries comes to the server again, right behind
the first time and without \`retries\`, too. Ids help there as well.

## The faults

Waits are a tenth of the default ones (\`reconnectionDelay\` 100 ms, \`reconnectionDelayMax\` 500 ms), so that minutes are seconds.
The server's \`pingInterval\` is 500 ms and its \`pingTimeout\` 1.5 s: silence counts as a fault after 2 s.

${faults}

## The figures: from the page, with \`retries\`

Events of all browsers together. *Copies* came again, and were not handled again. *Attempts* to reconnect: none comes sooner than its wait, which
is tested, too. *Back after* is the longest time from the mended network to \`connect\`, in Chromium / Firefox / WebKitGTK; – where nothing
was lost that had to come back. Of a silence it is the time from its beginning; browsers may use connections that are silent for the next attempts, too,
each of which then ends by its \`timeout\`, 3 s here. The answer to CONNECT is waited for for 45 s, if the connection goes on without it.

${up}

## The figures: from the server

*Lost* without recovery is what was sent while the page was away, or on its way when the connection broke. *Doubled* and *out of order*: with recovery and without.

${down}

## The figures: from the page, without \`retries\`

*Lost* is what was on its way when the connection broke. *Doubled* is what came again in a request that the browser itself has repeated.

${notes}
`;
