// npm's imapflow: set-up, folders, APPEND, FETCH, search, flags, MOVE, IDLE, and CONDSTORE/QRESYNC/COMPRESS by itself.
// Usage: imapflow.js HOST PORT CA USER PASSWORD; the last line is "done".
const assert = require("assert");
const fs = require("fs");
const { ImapFlow } = require("imapflow");

const [host, port, ca, user, pass] = process.argv.slice(2);
const settings = { host, port: +port, secure: true, tls: { ca: fs.readFileSync(ca) }, auth: { user, pass }, logger: false, qresync: true };

function octets(subject, text = "hello\r\n") {
  return Buffer.from(`From: a@example.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.test>\r\n` +
    `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n` +
    `\r\n${text}--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAECAw==\r\n--b--\r\n`);
}

async function all(messages) {
  const found = [];
  for await (const message of messages) found.push(message);
  return found;
}

async function folders(client) {
  assert((await client.mailboxCreate("받은 편지/Sub")).created);
  await client.mailboxSubscribe("받은 편지/Sub");
  const list = await client.list({ statusQuery: { messages: true, uidNext: true, highestModseq: true, size: true } });
  assert(list.some((box) => box.path === "받은 편지/Sub" && box.status.messages === 0));
  assert.strictEqual(list.find((box) => box.specialUse === "\\Sent").path, "Sent");
  if (client.capabilities.has("QUOTA")) assert(await client.getQuota("INBOX") !== undefined);
}

async function messages(client) {
  for (let n = 0; n < 20; n++) {
    const answer = await client.append("INBOX", octets(`flow${n}`), n % 2 ? ["\\Seen"] : ["\\Flagged", "$Label"]);
    assert.strictEqual(answer.uid, n + 1);
  }
  const lock = await client.getMailboxLock("INBOX");
  try {
    const found = await all(client.fetch("1:*", { uid: true, flags: true, envelope: true, bodyStructure: true, size: true,
      internalDate: true, headers: ["subject"], source: true, threadId: true }));
    assert.strictEqual(found.length, 20);
    found.forEach((message, n) => {
      assert.strictEqual(message.envelope.subject, `flow${n}`);
      assert(message.source.equals(octets(`flow${n}`)));
      assert.deepStrictEqual(message.bodyStructure.childNodes.map((part) => part.type), ["text/plain", "image/png"]);
      assert(message.modseq > 0n);
    });
    const { content } = await client.download("3", "2");
    assert((await content.toArray())[0].equals(Buffer.from([0, 1, 2, 3])));
    assert.deepStrictEqual(await client.search({ seen: true, subject: "flow1" }, { uid: true }), [2, 12, 14, 16, 18, 20]);
    assert.deepStrictEqual(await client.search({ or: [{ uid: "1:3" }, { body: "ELLO" }], not: { seen: true }, uid: "1:6" }), [1, 3, 5]);
    await client.messageFlagsAdd("1:3", ["\\Answered"]);
    assert((await client.fetchOne("2", { flags: true })).flags.has("\\Answered"));
    assert.strictEqual((await client.messageMove("1:5", "받은 편지/Sub")).uidMap.size, 5);
    assert.strictEqual((await client.messageCopy("1", "Archive")).uidMap.size, 1);
    assert(await client.messageDelete("1"));
    assert.strictEqual((await all(client.fetch("1:*", { uid: true }))).length, 14); // its own count misses VANISHED
    const since = client.mailbox.highestModseq;
    await client.messageFlagsAdd("1", ["$Changed"]);
    const changed = await all(client.fetch("1:*", { flags: true }, { changedSince: since }));
    assert.deepStrictEqual(changed.map((message) => message.seq), [1]);
  } finally {
    lock.release();
  }
}

async function idle(client, other) {
  const lock = await client.getMailboxLock("INBOX");
  const told = new Promise((resolve) => client.on("exists", resolve));
  const gone = new Promise((resolve) => client.on("expunge", resolve));
  const waiting = client.idle();
  await other.append("INBOX", octets("while idle"));
  assert.strictEqual((await told).count, 15);
  const theirs = await other.getMailboxLock("INBOX");
  await other.messageDelete("15");
  theirs.release();
  await gone;
  await client.noop();
  await waiting;
  lock.release();
}

async function main() {
  const wrong = new ImapFlow({ ...settings, auth: { user, pass: "wrong" } });
  await assert.rejects(wrong.connect(), (error) => error.authenticationFailed);
  const client = new ImapFlow(settings), other = new ImapFlow(settings);
  await client.connect();
  await other.connect();
  assert(client.enabled.has("CONDSTORE") || client.enabled.has("QRESYNC"));
  await folders(client);
  await messages(client);
  await idle(client, other);
  assert.strictEqual((await client.mailboxRename("받은 편지/Sub", "Else")).newPath, "Else");
  assert.strictEqual((await client.status("Else", { messages: true })).messages, 5);
  await client.mailboxDelete("Else");
  await client.logout();
  await other.logout();
  process.stdout.write("done\n", () => process.exit(0)); // the one that was refused is kept open by imapflow
}

main().catch((error) => { console.error(error); process.exit(1); });
