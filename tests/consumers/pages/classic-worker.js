importScripts("exchange.js", "socketio.min.js", "answer.js");
