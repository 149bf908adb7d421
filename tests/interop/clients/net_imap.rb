# Ruby's Net::IMAP through every command it has. Usage: net_imap.rb HOST PORT CA USER PASSWORD; the last line is "done".
require "net/imap"
require "time"

def check(what, expected, found)
  abort "#{what}: expected #{expected.inspect}, found #{found.inspect}" unless expected === found
end

def refused(what)
  yield
  abort "#{what} was not refused"
rescue Net::IMAP::NoResponseError, Net::IMAP::BadResponseError
end

host, port, ca, user, password = ARGV
imap = Net::IMAP.new(host, port: port.to_i, ssl: { ca_file: ca })
refused("a wrong password") { imap.login(user, "wrong") }
imap.authenticate("PLAIN", user, password)
check("capability", true, imap.capability.include?("IMAP4REV1"))
check("namespace", "/", imap.namespace.personal.first.delim) if imap.respond_to?(:namespace)

name = Net::IMAP.encode_utf7("받은 편지/Ж & é")
imap.create(name)
imap.subscribe(name)
check("list", true, imap.list("", "*").map(&:name).include?(name))
check("lsub", true, imap.lsub("", "*").map(&:name).include?(name))
check("xlist attributes", true, imap.list("", "Sent").first.attr.include?(:Sent))

text = "From: =?utf-8?b?6rmA?= <kim@example.test>\r\nTo: a@example.test, Group: b@example.test, c@example.test;\r\n" \
       "Subject: =?utf-8?b?7YyM67Cc?=\r\nMessage-ID: <ruby@example.test>\r\nMIME-Version: 1.0\r\n" \
       "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n파발\r\n" \
       "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nhello\r\n--b--\r\n"
answer = imap.append(name, text, [:Flagged], Time.at(1_700_000_000))
check("uidplus", "APPENDUID", answer.data.code.name)
imap.append(name, "Subject: second\r\n\r\nsecond\r\n", [:Seen])
check("status", { "MESSAGES" => 2, "UNSEEN" => 1 }, imap.status(name, %w[MESSAGES UNSEEN]))

imap.select(name)
check("exists", 2, imap.responses["EXISTS"].last)
found = imap.fetch(1, %w[UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY.PEEK[]]).first.attr
check("octets", text.b, found["BODY[]"].b)
check("size", text.bytesize, found["RFC822.SIZE"])
check("date", 1_700_000_000, Time.parse(found["INTERNALDATE"]).to_i)
check("envelope", ["kim", "ruby@example.test"], [found["ENVELOPE"].from.first.mailbox, found["ENVELOPE"].message_id[1..-2]])
check("group", [nil, nil], [found["ENVELOPE"].to[1].host, found["ENVELOPE"].to.last.mailbox])
check("structure", %w[MIXED PLAIN RFC822], [found["BODYSTRUCTURE"].subtype, *found["BODYSTRUCTURE"].parts.map(&:subtype)])
check("a part", "hello", imap.fetch(1, "BODY.PEEK[2.TEXT]").first.attr["BODY[2.TEXT]"].strip)
check("partial", text[0, 5], imap.fetch(1, "BODY.PEEK[]<0.5>").first.attr["BODY[]<0>"])
check("search", [1], imap.search(["SUBJECT", "파발".b], "UTF-8"))
check("uid search", [2], imap.uid_search(%w[SEEN]))
check("sort", [2, 1], imap.sort(["REVERSE", "ARRIVAL"], "ALL", "UTF-8")) if imap.capability.include?("SORT")
check("thread", 2, imap.thread("REFERENCES", "ALL", "UTF-8").size) if imap.capability.include?("THREAD=REFERENCES")
check("store", true, imap.store(2, "+FLAGS", [:Answered, "Key"]).first.attr["FLAGS"].include?(:Answered))
check("copy", "COPYUID", imap.uid_copy(1..2, "Archive").data.code.name)
check("move", "OK", imap.uid_move(1, "Archive").name) if imap.capability.include?("MOVE")
imap.store(1, "+FLAGS", [:Deleted])
check("expunge", 1, imap.expunge.last)  # MOVE left its own there

waiter = Thread.new { imap.idle(20) { |answer| imap.idle_done if answer.respond_to?(:name) && answer.name == "EXISTS" } }
other = Net::IMAP.new(host, port: port.to_i, ssl: { ca_file: ca })
other.login(user, password)
other.append(name, "Subject: third\r\n\r\n\r\n")
check("idle", waiter, waiter.join(20))
check("acl", true, other.getacl("INBOX").any?) if other.capability.include?("ACL")
other.logout

refused("a mailbox that is not there") { imap.select("Nowhere") }
imap.select("INBOX")
imap.rename(name, "Renamed")
imap.unsubscribe(name)
imap.delete("Renamed")
check("deleted", nil, imap.list("", "Renamed"))
imap.logout
puts "done"
