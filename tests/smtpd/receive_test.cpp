#include "smtpd/receive.hpp"

#include <gtest/gtest.h>

#include "mail/dot_stuffing.hpp"
#include "mailstore/errors.hpp"
#include "tests/smtpd/mail_domain.hpp"

namespace smtpd {
namespace {

class ReceiveTest : public testing::Test {
 protected:
  Reception reception(Role role = Role::kMx) {
    return {"Received: us\r\n", 10000, role, Reception::Octets::kLines, "<id@us>", 0};
  }
  Receiver receiver(Reception reception) {
    return Receiver(mailstore::Staging(folder_.path(), 4096), std::move(reception));
  }
  static std::string text(Receiver& receiver) {
    const auto content = receiver.finish();
    return content ? std::string(content->view()) : to_line(content.error());
  }

 private:
  tests::TemporaryFolder folder_;
};

TEST_F(ReceiveTest, DataWholeAndByteByByte) {
  const std::string message = "Subject: x\r\n\r\n.dot\r\nbody\r\n";
  const std::string wire = mail::dot_stuff(message) + "QUIT\r\n";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{7}, wire.size()}) {
    Receiver in = receiver(reception());
    std::size_t at = 0;
    while (!in.data_done()) at += in.take_data(std::string_view(wire).substr(at, piece));
    EXPECT_EQ(wire.substr(at), "QUIT\r\n");
    EXPECT_EQ(text(in), "Received: us\r\n" + message) << piece;
  }
}

TEST_F(ReceiveTest, ChunksWholeAndByteByByte) {
  const std::string message = "Subject: x\r\n\r\n.\r\nbody\r\n";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, message.size()}) {
    Receiver in = receiver(reception());
    for (std::size_t at = 0; at < message.size(); at += piece) {
      in.take_chunk(std::string_view(message).substr(at, piece));
    }
    EXPECT_EQ(text(in), "Received: us\r\n" + message) << piece;
  }
}

TEST_F(ReceiveTest, BareLineEndsAreRefusedAtTheRealEnd) {
  for (const char* body : {"a\nb\r\n", "a\rb\r\n", "\n.\n\r\n", "\r\n.\nx\r\n", "a\r\r\n"}) {
    const std::string wire = std::string(body) + ".\r\n";
    for (const std::size_t piece : {std::size_t{1}, wire.size()}) {
      Receiver in = receiver(reception());
      std::size_t at = 0;
      while (at < wire.size()) {
        ASSERT_FALSE(in.data_done()) << body;
        at += in.take_data(std::string_view(wire).substr(at, piece));
      }
      EXPECT_TRUE(in.data_done());
      EXPECT_TRUE(text(in).starts_with("554 5.6.0")) << body;
    }
  }
}

TEST_F(ReceiveTest, SizeHoldsAtTheOctet) {
  for (const int extra : {0, 1}) {
    Receiver in = receiver(reception());
    in.take_chunk("Subject: x\r\n\r\n");
    in.take_chunk(std::string(10000 - 14 + static_cast<std::size_t>(extra), 'a'));
    EXPECT_EQ(text(in).starts_with("552 5.3.4"), extra == 1);
  }
}

TEST_F(ReceiveTest, SubmissionCompletesTheHeader) {
  Receiver in = receiver(reception(Role::kSubmission));
  in.take_chunk("From: a@b.test\r\nBcc: c@d.test\r\n");
  in.take_chunk("Subject: x\r\n\r\nBcc: body\r\n");
  const std::string stored = text(in);
  EXPECT_TRUE(stored.starts_with("Received: us\r\n"));
  EXPECT_NE(stored.find("Message-ID: <id@us>\r\n"), std::string::npos);
  EXPECT_NE(stored.find("Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n"), std::string::npos);
  EXPECT_EQ(stored.find("c@d.test"), std::string::npos);
  EXPECT_TRUE(stored.ends_with("\r\n\r\nBcc: body\r\n"));
}

TEST_F(ReceiveTest, KnowsTheMessageId) {
  const auto id_of = [this](Role role, const std::string& header) {
    Receiver in = receiver(reception(role));
    in.take_data(header + "\r\nMessage-ID: <body@x>\r\n.\r\n");
    return in.message_id();
  };
  EXPECT_EQ(id_of(Role::kMx, "Subject: x\r\nmessage-id:\r\n <a@b>\r\n"), "<a@b>");
  EXPECT_EQ(id_of(Role::kMx, "Subject: x\r\n"), "");
  EXPECT_EQ(id_of(Role::kSubmission, "Subject: x\r\n"), "<id@us>") << "it is given one";
  EXPECT_EQ(id_of(Role::kMx, "Message-ID: <" + std::string(2000, 'a') + "@b>\r\n"), "");
}

TEST_F(ReceiveTest, LoopsEnd) {
  for (const int hops : {100, 101}) {
    Receiver in = receiver(reception());
    for (int i = 0; i < hops; ++i) in.take_chunk("Received: from a by b\r\n");
    in.take_chunk("\r\nReceived: in the body\r\n");
    EXPECT_EQ(text(in).starts_with("554 5.4.6"), hops == 101);
  }
}

TEST_F(ReceiveTest, AnEndlessHeaderIsPassedOn) {
  Reception rules = reception();
  rules.max_size = 4u << 20;
  Receiver in = receiver(rules);
  const std::string line = "X-Field: " + std::string(1000, 'x') + "\r\n";
  std::string message;
  for (int i = 0; i < 2000; ++i) message += line;
  for (int i = 0; i < 2000; ++i) in.take_chunk(line);
  EXPECT_EQ(text(in), "Received: us\r\n" + message);
}

TEST_F(ReceiveTest, BinaryTakesAnything) {
  Reception rules = reception();
  rules.octets = Reception::Octets::kBinary;
  Receiver in = receiver(rules);
  const std::string octets("a\n\r\0\r", 5);
  in.take_chunk(octets);
  EXPECT_EQ(text(in), "Received: us\r\n" + octets);
}

TEST_F(ReceiveTest, AFullDiskIsNoInternalError) {
  const auto full = std::make_exception_ptr(mailstore::StoreError("disk full", true));
  EXPECT_EQ(to_line(storage_reply(full)).substr(0, 9), "452 4.3.1");
  const auto broken = std::make_exception_ptr(mailstore::StoreError("broken"));
  EXPECT_EQ(to_line(storage_reply(broken)).substr(0, 9), "451 4.3.0");
}

TEST_F(ReceiveTest, AStagingFolderThatIsGoneIsSaid) {
  Receiver in(mailstore::Staging("/nonexistent/pabal", 10), reception());
  in.take_chunk("Subject: x\r\n\r\n" + std::string(5000, 'x'));
  EXPECT_TRUE(text(in).starts_with("451 4.3.0"));
}

}  // namespace
}  // namespace smtpd
