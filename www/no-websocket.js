// Runs before the library loads: with ?no-websocket the page is in a browser that never had a WebSocket.
if (new URLSearchParams(location.search).has("no-websocket")) delete globalThis.WebSocket;
