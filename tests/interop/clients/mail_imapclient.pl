# Perl's Mail::IMAPClient. Usage: mail_imapclient.pl HOST PORT CA USER PASSWORD; the last line is "done".
use strict;
use warnings;
use utf8;
use Mail::IMAPClient;
use Mail::IMAPClient::BodyStructure;

my ($host, $port, $ca, $user, $password) = @ARGV;

sub client {
    my $imap = Mail::IMAPClient->new(
        Server => $host, Port => $port, User => $user, Password => $password, Uid => 1, Peek => 1, @_,
        Ssl => [SSL_ca_file => $ca, SSL_verifycn_name => $host]) or die "connect: $@\n";
    return $imap;
}

sub count { return scalar @_ }

sub check {
    my ($what, $expected, $found) = @_;
    $found = "nothing" unless defined $found;
    die "$what: expected '$expected', found '$found'\n" unless $expected eq $found;
}

my $imap = client(Authmechanism => "PLAIN");
check("capability", 1, $imap->has_capability("UIDPLUS") ? 1 : 0);
check("separator", "/", $imap->separator);
$imap->create("Perl/Sub folder") or die $imap->LastError;
$imap->subscribe("Perl/Sub folder") or die $imap->LastError;
check("folders", 1, scalar grep { $_ eq "Perl/Sub folder" } $imap->folders);
check("subscribed", 1, scalar grep { $_ eq "Perl/Sub folder" } $imap->subscribed);
check("a folder that is not there", 0, $imap->exists("Nowhere") ? 1 : 0);

my $text = "From: a\@example.test\r\nSubject: perl one\r\nMessage-ID: <perl\@example.test>\r\nMIME-Version: 1.0\r\n"
    . "Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
    . "--b\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--b--\r\n";
my $uid = $imap->append_string("Perl/Sub folder", $text, "\\Flagged", "14-Nov-2023 22:13:20 +0000") or die $imap->LastError;
$imap->append_string("Perl/Sub folder", "Subject: perl $_\r\n\r\nbody $_\r\n") or die $imap->LastError for 2 .. 30;
$imap->select("Perl/Sub folder") or die $imap->LastError;
check("messages", 30, count($imap->messages));
check("unseen", 30, $imap->unseen_count);
check("octets", $text, $imap->message_string($uid));
check("size", length $text, $imap->size($uid));
check("date", "14-Nov-2023 22:13:20 +0000", $imap->internaldate($uid));
check("subject", "perl one", $imap->subject($uid));
check("flags", "\\Flagged", join " ", grep { $_ ne "\\Recent" } $imap->flags($uid));
check("parts", "1 2", join " ", $imap->get_bodystructure($uid)->parts);
check("envelope", "<perl\@example.test>", $imap->get_envelope($uid)->{messageid});
check("part", "<p>html</p>", $imap->bodypart_string($uid, 2));
check("headers", "perl 30", $imap->parse_headers(($imap->messages)[-1], "Subject")->{Subject}[0]);
check("search", $uid, join " ", $imap->search(q(FLAGGED SUBJECT "one")));
check("since", 29, count($imap->since(1_760_000_000)));
check("thread", 30, scalar @{ $imap->thread("REFERENCES") }) if $imap->has_capability("THREAD=REFERENCES");
check("sort", $uid, ($imap->sort("ARRIVAL", "UTF-8", "ALL"))[0]) if $imap->has_capability("SORT");
$imap->see($uid) or die $imap->LastError;
check("seen", $uid, join " ", $imap->seen);
check("fetch_hash", 30, scalar keys %{ $imap->fetch_hash("RFC822.SIZE", "FLAGS") });
$imap->copy("Archive", $uid) or die $imap->LastError;
$imap->move("Archive", [($imap->messages)[0, 1]]) or die $imap->LastError;
$imap->expunge;
$imap->delete_message([($imap->messages)[0]]) or die $imap->LastError;
$imap->expunge or die $imap->LastError;
check("left", 27, count($imap->messages));
check("status", 27, $imap->message_count);

my $tag = $imap->idle or die $imap->LastError;
my $other = client();
$other->append_string("Perl/Sub folder", "Subject: while idle\r\n\r\n\r\n") or die $other->LastError;
my @told;
for (1 .. 20) {
    push @told, @{ $imap->idle_data(1) || [] };
    last if grep { /28 EXISTS/ } @told;
}
check("idle", 1, (grep { /28 EXISTS/ } @told) ? 1 : 0);
$imap->done($tag) or die $imap->LastError;
$other->logout;

$imap->close;
$imap->rename("Perl/Sub folder", "Perl/Else") or die $imap->LastError;
$imap->delete("Perl/Else") or die $imap->LastError;
check("deleted", 0, $imap->exists("Perl/Else") ? 1 : 0);
$imap->logout or die $imap->LastError;
print "done\n";
