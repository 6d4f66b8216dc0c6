using TiersLieux.Market.Domain.Common;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Common;

public sealed class MailTests
{
    private static readonly Mail Right = new("order-confirmed-1", "atelier@demo.invalid", "Votre commande", "Bonjour");

    [Fact]
    public void A_plain_message_has_no_fault() => Assert.Null(Right.Fault());

    [Theory]
    [InlineData("a@b.fr\r\nBcc: c@d.fr")]
    [InlineData("a@b.fr\n")]
    [InlineData("a@b.fr, c@d.fr")]
    [InlineData("Nom <a@b.fr>")]
    [InlineData("a@b")]
    [InlineData("a@-b.fr")]
    [InlineData("@b.fr")]
    [InlineData("")]
    public void An_address_is_one_address(string to) => Assert.Equal("mail-address", (Right with { To = to }).Fault()?.Code);

    [Theory]
    [InlineData("a\r\nBcc: c@d.fr")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u0085b")]
    [InlineData("")]
    public void A_subject_is_one_line(string subject) => Assert.Equal("mail-subject", (Right with { Subject = subject }).Fault()?.Code);

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("")]
    [InlineData(".hidden")]
    public void An_operation_id_is_a_plain_name(string id) => Assert.Equal("mail-operation", (Right with { OperationId = id }).Fault()?.Code);

    [Theory]
    [InlineData("a\r\nX: y.pdf", "application/pdf")]
    [InlineData("../a.pdf", "application/pdf")]
    [InlineData("a\".pdf", "application/pdf")]
    [InlineData("a.pdf", "application/pdf\r\nX: y")]
    [InlineData("a.pdf", "pdf")]
    public void An_attachment_has_a_plain_name_and_type(string name, string type) =>
        Assert.Equal("mail-attachment", (Right with { Attachments = [new MailAttachment(name, type, new byte[1])] }).Fault()?.Code);
}
