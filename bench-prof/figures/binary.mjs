// Binary data over long-polling, where it travels as base64.

const KB = 1024;
const MB = KB * KB;

const figure = (title) => ({ key: "cpu", title, unit: "ms/MB", goal: 0.7, checked: true });
const perMegabyte = (ms, size, count) => ({ cpu: (ms * MB) / (size * count) });

const upwards = (name, size, count) => ({
  name: `polling-binary-up-${name}`,
  kind: "line",
  cpu: true,
  figures: [figure(`polling: binary up, ${name}, CPU`)],
  async measure(page) {
    await page.call("open", "polling");
    await page.call("prepareUp", "binary", size, count);
    const { cpu } = await page.measure("up", "polling", "binary", size, count);
    return perMegabyte(cpu, size, count);
  },
});

const downwards = (name, size, count) => ({
  name: `polling-binary-down-${name}`,
  kind: "line",
  cpu: true,
  figures: [figure(`polling: binary down, ${name}, CPU`)],
  async measure(page) {
    await page.call("open", "polling");
    const { cpu } = await page.measure("binaryDown", "polling", size, count);
    await page.call("verifyBinary");
    return perMegabyte(cpu, size, count);
  },
});

export default [
  upwards("64 KB", 64 * KB, 32),
  downwards("64 KB", 64 * KB, 32),
  upwards("1 MB", MB, 4),
  downwards("1 MB", MB, 4),
].map((figures) => ({ ...figures, name: figures.name.toLowerCase().replace(" ", "") }));
