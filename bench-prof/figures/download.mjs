// What a page downloads. Measured once: bytes have no noise.

const isReference = (client) => client === "reference" || client === "again";

const download = (name, title) => ({
  name: `download-${name}`,
  kind: "once",
  figures: [
    { key: "brotli", title: `download, ${title}, brotli 11`, unit: "B", goal: 1 },
    { key: "raw", title: "… not compressed", unit: "B" },
  ],
  // The reference's files are not alike: against the smaller one, its ES module.
  measure: ({ sizes }, client) => (isReference(client) ? sizes.reference.module : sizes[client][name]),
});

export default [download("script", "the <script> file"), download("module", "the ES module")];
