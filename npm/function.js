// `io` with the other names as its properties: `io.connect(url)`, `new io.Manager(url)`.

import * as names from "./index.js";

export const io = Object.assign(names.io, names, { connect: names.io });
