using TiersLieux.Market.Connectors.Mail;
using TiersLieux.Market.Connectors.Tests.Payments;
using TiersLieux.Market.Domain.Common;
using Xunit;

namespace TiersLieux.Market.Connectors.Tests.Mail;

public sealed class SmtpMailTransportTests : IAsyncLifetime
{
    private static readonly Domain.Common.Mail Mail = new("invoice-7", "atelier@demo.invalid", "Votre facture n° 7 – merci à vous", "Bonjour,\n.\nÀ bientôt");
    private readonly SmtpServer _server = new();
    private readonly EagerClock _clock = new(new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SmtpMailTransport Transport => new(new MailOptions { Host = "127.0.0.1", Port = _server.Port, StartTls = false, From = "marche@demo.invalid", FromName = "Le marché" }, _clock);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_message_arrives_with_its_id_subject_and_text()
    {
        var sent = Assert.IsType<MailResult.Sent>(await Transport.Send(Mail, Cancellation));
        Assert.Equal("<invoice-7@demo.invalid>", sent.MessageId);
        var message = Assert.Single(_server.Messages);
        Assert.Equal("RCPT TO:<atelier@demo.invalid>", Assert.Single(message.Recipients));
        Assert.Equal(sent.MessageId, message.Header("Message-ID"));
        Assert.Equal("auto-generated", message.Header("Auto-Submitted"));
        Assert.Equal(Mail.Subject, Decoded(message.Header("Subject")));
        Assert.Contains("marche@demo.invalid", message.Header("From"), StringComparison.Ordinal);
        Assert.Contains("=C3=80 bient=C3=B4t", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_again_it_is_the_same_message()
    {
        await Transport.Send(Mail, Cancellation);
        await Transport.Send(Mail, Cancellation);
        Assert.Single(_server.Messages.Select(m => m.Header("Message-ID")).Distinct());
    }

    [Fact]
    public async Task Html_and_attachments_go_along()
    {
        var mail = Mail with { HtmlBody = "<p>Bonjour</p>", Attachments = [new MailAttachment("facture n° 7.pdf", "application/pdf", "%PDF-1.7"u8.ToArray())] };
        Assert.IsType<MailResult.Sent>(await Transport.Send(mail, Cancellation));
        var text = Assert.Single(_server.Messages).Text;
        Assert.Contains("multipart/alternative", text, StringComparison.Ordinal);
        Assert.Contains("text/html", text, StringComparison.Ordinal);
        Assert.Contains("application/pdf", text, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String("%PDF-1.7"u8), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCPT", "550 no such user")]
    [InlineData("RCPT", "553 name not allowed")]
    [InlineData("END", "554 refused as spam")]
    public async Task What_the_server_refuses_for_good_is_refused(string command, string answer)
    {
        _server.Answers[command] = answer;
        var refused = Assert.IsType<MailResult.Refused>(await Transport.Send(Mail, Cancellation));
        Assert.Equal("mail-refused", refused.Reason.Code);
    }

    [Theory]
    [InlineData("RCPT", "450 try later")]
    [InlineData("MAIL", "421 closing")]
    [InlineData("DATA", null)]
    [InlineData("END", null)]
    [InlineData("EHLO", null)]
    public async Task What_may_pass_is_tried_later(string command, string? answer)
    {
        _server.Answers[command] = answer;
        var unavailable = Assert.IsType<MailResult.Unavailable>(await Transport.Send(Mail, Cancellation));
        Assert.Equal("mail-unavailable", unavailable.Reason.Code);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_after_the_time_out()
    {
        _server.Answers["DATA"] = "";
        var sending = Transport.Send(Mail, Cancellation);
        while (!sending.IsCompleted)
        {
            _clock.TimeOut();
            await Task.WhenAny(sending, Task.Delay(20, Cancellation));
        }

        Assert.IsType<MailResult.Unavailable>(await sending);
    }

    [Fact]
    public async Task Nobody_there_is_tried_later()
    {
        var transport = new SmtpMailTransport(new MailOptions { Host = "127.0.0.1", Port = ScriptedServer.NobodyThere().Port, StartTls = false }, _clock);
        Assert.IsType<MailResult.Unavailable>(await transport.Send(Mail, Cancellation));
    }

    [Fact]
    public async Task A_server_without_encryption_gets_nothing_when_encryption_is_asked_for()
    {
        var transport = new SmtpMailTransport(new MailOptions { Host = "127.0.0.1", Port = _server.Port, StartTls = true }, _clock);
        Assert.IsType<MailResult.Unavailable>(await transport.Send(Mail, Cancellation));
        Assert.Empty(_server.Messages);
    }

    [Fact]
    public async Task A_header_hidden_in_a_subject_is_refused_before_anything_is_sent()
    {
        Assert.IsType<MailResult.Refused>(await Transport.Send(Mail with { Subject = "Bonjour\r\nBcc: autre@demo.invalid" }, Cancellation));
        Assert.IsType<MailResult.Refused>(await Transport.Send(Mail with { To = "a@demo.invalid\r\nRCPT TO:<autre@demo.invalid>" }, Cancellation));
        Assert.Empty(_server.Messages);
    }

    /// <summary>RFC 2047 words in base64.</summary>
    private static string Decoded(string header) => string.Concat(
        header.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word =>
            System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(word.Split('?')[3]))));
}
