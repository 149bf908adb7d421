// npm's imap ("node-imap"), the parser under many web mailers. Usage: imap.js HOST PORT CA USER PASSWORD; the last line is "done".
const assert = require("assert");
const fs = require("fs");
const { promisify } = require("util");
const Imap = require("imap");

const [host, port, ca, user, password] = process.argv.slice(2);

const connected = () => new Promise((resolve, reject) => {
  const imap = new Imap({ host, port: +port, user, password, tls: true, tlsOptions: { ca: fs.readFileSync(ca), servername: host } });
  imap.once("ready", () => resolve(imap));
  imap.once("error", reject);
  imap.connect();
});

const call = (imap, name, ...args) => promisify(imap[name].bind(imap))(...args);

const fetched = (imap, what, options) => new Promise((resolve, reject) => {
  const found = [];
  const fetch = imap.fetch(what, options);
  fetch.on("message", (message) => {
    const entry = { bodies: {} };
    message.on("body", (stream, info) => {
      const pieces = [];
      stream.on("data", (piece) => pieces.push(piece));
      stream.on("end", () => { entry.bodies[info.which] = Buffer.concat(pieces).toString(); });
    });
    message.on("attributes", (attributes) => { entry.attributes = attributes; });
    message.on("end", () => found.push(entry));
  });
  fetch.once("error", reject);
  fetch.once("end", () => resolve(found));
});

async function main() {
  const imap = await connected();
  await call(imap, "addBox", "Жёлтый & é");
  const boxes = await call(imap, "getBoxes");
  assert(boxes["Жёлтый & é"] && boxes.Sent.special_use_attrib === "\\Sent");
  assert.strictEqual((await call(imap, "openBox", "Жёлтый & é")).messages.total, 0);
  const told = new Promise((resolve) => imap.once("mail", resolve));
  for (let n = 1; n <= 10; n++) {
    await call(imap, "append", `Subject: node ${n}\r\nContent-Type: text/plain\r\n\r\nbody (${n}) "quoted" \\ {5}\r\n`,
      { mailbox: "Жёлтый & é", flags: n % 2 ? ["Seen"] : [], date: new Date(1700000000000) });
  }
  await told;
  const found = await fetched(imap, "1:*", { bodies: ["HEADER.FIELDS (SUBJECT)", "TEXT", ""], struct: true, envelope: true, size: true });
  assert.strictEqual(found.length, 10);
  assert.strictEqual(found[3].bodies.TEXT, 'body (4) "quoted" \\ {5}\r\n');
  assert.strictEqual(found[3].bodies["HEADER.FIELDS (SUBJECT)"], "Subject: node 4\r\n\r\n");
  assert.strictEqual(found[3].attributes.struct[0].subtype, "plain");
  assert.strictEqual(+found[3].attributes.date, 1700000000000);
  assert.deepStrictEqual(await call(imap, "search", ["UNSEEN", ["SUBJECT", "node 1"]]), [10]);
  assert.deepStrictEqual(await call(imap, "search", [["OR", ["BODY", "(3)"], ["UID", "5:6"]]]), [3, 5, 6]);
  if (imap.serverSupports("SORT")) assert.deepStrictEqual((await call(imap, "sort", ["-ARRIVAL"], [["UID", "1:3"]])).length, 3);
  if (imap.serverSupports("THREAD=REFERENCES")) assert.strictEqual((await call(imap, "thread", "REFERENCES", ["ALL"])).length, 10);
  await call(imap, "addFlags", "1:3", ["\\Flagged"]);
  await call(imap, "addKeywords", "1", ["Later"]);
  await call(imap, "copy", "1:2", "Archive");
  await call(imap, "move", "3:4", "Archive");
  await call(imap, "addFlags", "1", ["\\Deleted"]);
  await call(imap, "expunge");
  assert.strictEqual((await call(imap, "status", "Archive")).messages.total, 4);
  const gone = new Promise((resolve) => imap.once("expunge", resolve)); // node-imap waits in IDLE of itself
  const other = await connected();
  await call(other, "openBox", "Жёлтый & é");
  await call(other, "addFlags", "1:*", ["\\Deleted"]);
  await call(other, "expunge");
  await gone;
  await call(other, "closeBox", true);
  await call(imap, "closeBox", true);
  await call(imap, "renameBox", "Жёлтый & é", "Node");
  await call(imap, "delBox", "Node");
  for (const each of [imap, other]) {
    await new Promise((resolve) => { each.once("close", resolve); each.end(); });
  }
  console.log("done");
}

main().catch((error) => { console.error(error); process.exit(1); });
