"""Mails as they come back, in the words of the programs that send them; people and companies are made up."""

from textwrap import dedent

ADDRESS = "l001@secret.example"


def _mail(text: str) -> bytes:
    return dedent(text).lstrip("\n").encode("utf-8")


def postfix(message_id: str, address: str = ADDRESS, own_id: str = "20261201.A1@mx.chambre.example") -> bytes:
    """Postfix: an address that nobody has, with the headers of our mail."""
    return _mail(f"""
        Return-Path: <>
        Date: Tue, 01 Dec 2026 09:12:44 +0100 (CET)
        From: MAILER-DAEMON@mx.chambre.example (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: rencontres@chambre.example
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4XyZ.1764576764/mx.chambre.example"
        Message-Id: <{own_id}>

        --4XyZ.1764576764/mx.chambre.example
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mx.chambre.example.

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients.

        <{address}>: host mx.secret.example[192.0.2.7] said: 550 5.1.1 <{address}>:
            Recipient address rejected: User unknown in virtual mailbox table (in
            reply to RCPT TO command)

        --4XyZ.1764576764/mx.chambre.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.chambre.example
        X-Postfix-Queue-ID: 4XyZ
        Arrival-Date: Tue,  1 Dec 2026 09:12:43 +0100 (CET)

        Final-Recipient: rfc822; {address}
        Original-Recipient: rfc822;{address}
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx.secret.example
        Diagnostic-Code: smtp; 550 5.1.1 <{address}>: Recipient address rejected:
            User unknown in virtual mailbox table

        --4XyZ.1764576764/mx.chambre.example
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        Return-Path: <rencontres@chambre.example>
        To: {address}
        From: Chambre de commerce <rencontres@chambre.example>
        Subject: Votre agenda
        Message-ID: <{message_id}@chambre.example>

        --4XyZ.1764576764/mx.chambre.example--
        """)


def exchange(message_id: str, address: str = ADDRESS) -> bytes:
    """Exchange Online: the same in many words, our whole mail returned, in base64 where it can."""
    return _mail(f"""
        From: <postmaster@secret.example>
        To: <rencontres@chambre.example>
        Date: Tue, 1 Dec 2026 08:13:02 +0000
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="f0a1b2c3-secret"
        X-MS-Exchange-Message-Is-Ndr:
        Content-Language: en-US
        Message-ID: <ndr-7731@secret.example>
        In-Reply-To: <{message_id}@chambre.example>
        References: <{message_id}@chambre.example>
        Subject: =?utf-8?Q?Non_remis=C2=A0:_Votre_agenda?=
        Auto-Submitted: auto-replied
        MIME-Version: 1.0

        --f0a1b2c3-secret
        Content-Type: multipart/alternative; differences=Content-Type; boundary="inner-1"

        --inner-1
        Content-Type: text/plain; charset="utf-8"
        Content-Transfer-Encoding: base64

        VsO0dHJlIG1lc3NhZ2UgbidhIHBhcyBwdSDDqnRyZSByZW1pcy4=

        --inner-1
        Content-Type: text/html; charset="utf-8"

        <html><body>Votre message n'a pas pu être remis.</body></html>

        --inner-1--

        --f0a1b2c3-secret
        Content-Type: message/delivery-status

        Reporting-MTA: dns;PR3P264MB.FRAP264.PROD.EXAMPLE
        Received-From-MTA: dns;mx.chambre.example
        Arrival-Date: Tue, 1 Dec 2026 08:13:00 +0000

        Final-Recipient: rfc822;{address}
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {address} not found

        --f0a1b2c3-secret
        Content-Type: message/rfc822

        From: Chambre de commerce <rencontres@chambre.example>
        To: <{address}>
        Subject: Votre agenda
        Message-ID: <{message_id}@chambre.example>
        Content-Type: text/plain

        Bonjour

        --f0a1b2c3-secret--
        """)


def gmail(message_id: str, address: str = ADDRESS) -> bytes:
    """Gmail: a mailbox that is over its quota."""
    return _mail(f"""
        Return-Path: <>
        From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
        To: rencontres@chambre.example
        Auto-Submitted: auto-replied
        Subject: Delivery Status Notification (Failure)
        References: <{message_id}@chambre.example>
        In-Reply-To: <{message_id}@chambre.example>
        Message-ID: <656a.020a0220.mx@google.com>
        Date: Tue, 01 Dec 2026 00:13:30 -0800 (PST)
        MIME-Version: 1.0
        Content-Type: multipart/report; boundary="000000000000c0ffee"; report-type=delivery-status

        --000000000000c0ffee
        Content-Type: text/plain; charset="UTF-8"

        ** Message blocked **

        The response from the remote server was:
        552 5.2.2 The email account that you tried to reach is over quota.

        --000000000000c0ffee
        Content-Type: message/delivery-status

        Reporting-MTA: dns; googlemail.com
        Arrival-Date: Tue, 01 Dec 2026 00:13:30 -0800 (PST)

        Final-Recipient: rfc822; {address}
        Action: failed
        Status: 5.2.2
        Diagnostic-Code: smtp; 552-5.2.2 The email account that you tried to reach is over quota. Please direct
         552 5.2.2 the recipient to our pages - gsmtp

        --000000000000c0ffee
        Content-Type: message/rfc822

        To: {address}
        Message-ID: <{message_id}@chambre.example>
        Subject: Votre agenda

        Bonjour

        --000000000000c0ffee--
        """)


def ovh(message_id: str, address: str = ADDRESS) -> bytes:
    """OVH, as qmail writes: one text, no parts, our mail copied below."""
    return _mail(f"""
        Return-Path: <>
        Received: (qmail 21870 invoked for bounce); 1 Dec 2026 08:14:11 -0000
        Date: 1 Dec 2026 08:14:11 -0000
        From: MAILER-DAEMON@mo178.mail-out.ovh.example
        To: rencontres@chambre.example
        Subject: failure notice
        Message-ID: <20261201081411.21870@mo178.mail-out.ovh.example>

        Hi. This is the qmail-send program at mo178.mail-out.ovh.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <{address}>:
        192.0.2.9 does not like recipient.
        Remote host said: 550 5.1.1 <{address}> user unknown
        Giving up on 192.0.2.9.

        --- Below this line is a copy of the message.

        Return-Path: <rencontres@chambre.example>
        From: Chambre de commerce <rencontres@chambre.example>
        To: {address}
        Message-ID: <{message_id}@chambre.example>
        Subject: Votre agenda

        Bonjour
        """)


def delayed(message_id: str, address: str = ADDRESS) -> bytes:
    """A server that goes on trying."""
    return (
        postfix(message_id, address, own_id="delayed@mx.chambre.example")
        .replace(b"Action: failed", b"Action: delayed")
        .replace(b"Status: 5.1.1", b"Status: 4.4.1")
        .replace(b"smtp; 550 5.1.1", b"smtp; 451 4.4.1")
        .replace(b"said: 550 5.1.1", b"said: 451 4.4.1")
    )


def out_of_office(message_id: str, address: str = ADDRESS) -> bytes:
    """Somebody who is away; the words of a failure are in it, and our id."""
    return _mail(f"""
        From: Claire Morel <{address}>
        To: rencontres@chambre.example
        Subject: =?utf-8?Q?R=C3=A9ponse_automatique_:_Votre_agenda?=
        Auto-Submitted: auto-replied
        X-Auto-Response-Suppress: All
        In-Reply-To: <{message_id}@chambre.example>
        Message-ID: <ooo-1@secret.example>
        Content-Type: text/plain; charset=utf-8

        Je suis absente jusqu'au 4 décembre.
        Your message to <{address}> will not be read before; 550 colleagues are here.
        """)


def answer(message_id: str, address: str = ADDRESS) -> bytes:
    """A person who answers."""
    return _mail(f"""
        From: Claire Morel <{address}>
        To: rencontres@chambre.example
        Subject: Re: Votre agenda
        In-Reply-To: <{message_id}@chambre.example>
        Message-ID: <answer-1@secret.example>
        Content-Type: text/plain; charset=utf-8

        Merci, à jeudi !
        """)


def unsubscription(subject: str, sender: str = ADDRESS) -> bytes:
    """What a mail program writes for a List-Unsubscribe."""
    return _mail(f"""
        From: {sender}
        To: rencontres@chambre.example
        Subject: {subject}
        Message-ID: <stop-{abs(hash((subject, sender)))}@secret.example>

        """)


def mangled(message_id: str) -> bytes:
    """A report that a filter has broken: bytes of no encoding, the returned headers cut off before our id."""
    broken = postfix(message_id, own_id="mangled@mx.chambre.example")
    broken = broken.replace(b"Diagnostic-Code: smtp; 550", b"Diagnostic-Code: smtp; \xff\xfe550")
    return broken.partition(b"Message-ID: <")[0]


def mbox(*mails: bytes) -> bytes:
    """The mails in one file, as mail programs export them; a line that begins with From is quoted."""
    quoted = (mail.replace(b"\nFrom ", b"\n>From ") for mail in mails)
    return b"".join(b"From MAILER-DAEMON Tue Dec  1 09:12:44 2026\n" + mail + b"\n\n" for mail in quoted)
