using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TiersLieux.Market.Connectors.Mail;
using TiersLieux.Market.Domain.Common;
using Xunit;

namespace TiersLieux.Market.Connectors.Tests.Mail;

public sealed class FolderMailTransportTests : IDisposable
{
    private static readonly Domain.Common.Mail Mail = new("invoice-7", "atelier@demo.invalid", "Votre facture", "Bonjour");
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private FolderMailTransport Transport => new(new MailOptions { Folder = _folder, From = "marche@demo.invalid" });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_message_is_a_file_that_mail_programs_open()
    {
        var sent = Assert.IsType<MailResult.Sent>(await Transport.Send(Mail, Cancellation));
        var text = await File.ReadAllTextAsync(Path.Combine(_folder, "invoice-7.eml"), Cancellation);
        Assert.Contains("To: atelier@demo.invalid", text, StringComparison.Ordinal);
        Assert.Contains(sent.MessageId, text, StringComparison.Ordinal);
        Assert.Contains("Subject: ", text, StringComparison.Ordinal);
        Assert.Contains("Bonjour", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_again_it_is_the_same_file()
    {
        var first = await Transport.Send(Mail, Cancellation);
        var before = await File.ReadAllBytesAsync(Path.Combine(_folder, "invoice-7.eml"), Cancellation);
        Assert.Equal(first, await Transport.Send(Mail with { TextBody = "autre" }, Cancellation));
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(_folder, "invoice-7.eml"), Cancellation));
        Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Many_senders_of_the_same_message_leave_one_file()
    {
        var transport = Transport;
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => transport.Send(Mail, Cancellation), Cancellation)));
        Assert.All(results, r => Assert.IsType<MailResult.Sent>(r));
        Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_and_tried_later()
    {
        var file = Path.Combine(_folder, "occupied");
        await File.WriteAllTextAsync(file, "", Cancellation);
        var transport = new FolderMailTransport(new MailOptions { Folder = file });
        Assert.Equal("mail-folder", Assert.IsType<MailResult.Unavailable>(await transport.Send(Mail, Cancellation)).Reason.Code);
    }

    [Fact]
    public async Task A_message_with_a_fault_leaves_no_file()
    {
        Assert.IsType<MailResult.Refused>(await Transport.Send(Mail with { OperationId = "../invoice-7" }, Cancellation));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData(null, typeof(FolderMailTransport))]
    [InlineData("smtp.demo.invalid", typeof(SmtpMailTransport))]
    public async Task A_host_switches_from_files_to_smtp(string? host, Type transport)
    {
        await using var services = Services(("Host", host));
        Assert.IsType(transport, services.GetRequiredService<IMailTransport>());
    }

    [Theory]
    [InlineData("From", "Nom <a@demo.invalid>")]
    [InlineData("From", "a@demo.invalid\nBcc: b@demo.invalid")]
    [InlineData("FromName", "a\nb")]
    public async Task Settings_that_would_break_a_header_are_refused(string name, string value)
    {
        await using var services = Services((name, value));
        Assert.Throws<OptionsValidationException>(services.GetRequiredService<IMailTransport>);
    }

    [Fact]
    public async Task A_password_does_not_travel_in_clear()
    {
        await using var services = Services(("Host", "smtp.demo.invalid"), ("User", "u"), ("Password", "p"), ("StartTls", "false"));
        Assert.Throws<OptionsValidationException>(services.GetRequiredService<IMailTransport>);
    }

    private static ServiceProvider Services(params (string Name, string? Value)[] settings) => new ServiceCollection()
        .AddMarketMail(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, s.Value))).Build())
        .BuildServiceProvider();
}
