using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

using TiersLieux.Market.Connectors.Billing;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;

using Xunit;

namespace TiersLieux.Market.Connectors.Tests.Billing;

/// <summary>Printed documents, read back with poppler and checked with qpdf.</summary>
public sealed class InvoicePdfTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tlm-pdf-");

    public static TheoryData<string> Names => [.. PrintedSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_says_the_amounts_of_the_document_and_who_sells_to_whom(string name)
    {
        var invoice = PrintedSamples.All[name];
        var labels = invoice.Language == "en" ? ("Total excl. VAT", "Total VAT", "Total incl. VAT", "Amount due") : ("Total HT", "Total TVA", "Total TTC", "Net à payer");
        var text = Text(Print(name));

        Assert.Equal(invoice.ExclTax, AmountAfter(text, labels.Item1));
        Assert.Equal(invoice.Tax, AmountAfter(text, labels.Item2));
        Assert.Equal(invoice.InclTax, AmountAfter(text, labels.Item3));
        Assert.Equal(invoice.Payable, AmountAfter(text, invoice.Kind.IsCredit() ? "Montant de l'avoir" : labels.Item4));
        foreach (var (_, basis, tax) in invoice.VatBreakdown)
            Assert.Contains(Flat(BillingText.Amount(basis) + " " + BillingText.Amount(tax)), text, StringComparison.Ordinal);
        foreach (var deposit in invoice.Deposits) Assert.Contains(deposit.Number, text, StringComparison.Ordinal);
        foreach (var said in new[] { invoice.Number, BillingText.Date(invoice.IssueDate), invoice.Seller.Name, invoice.Buyer.Name, invoice.Seller.VatNumber, invoice.CorrectsNumber, invoice.OrderReference })
            if (said is not null) Assert.Contains(said, text, StringComparison.Ordinal);
        foreach (var siren in new[] { invoice.Seller.Siren, invoice.Buyer.Siren })
            if (siren is not null) Assert.Contains($"{siren[..3]} {siren[3..6]} {siren[6..]}", text, StringComparison.Ordinal);
        var words = Squeezed(text);
        foreach (var mention in invoice.Mentions.Select(m => m.Text).Concat(invoice.VatRows.Select(r => r.Vat.Mention ?? "")))
            Assert.Contains(Squeezed(Flat(mention)), words, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void File_is_sound_and_carries_its_fonts(string name)
    {
        var path = Print(name);

        Assert.Equal(0, Run("qpdf", "--check", path).ExitCode);
        var fonts = Run("pdffonts", path).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.NotEmpty(fonts);
        Assert.All(fonts, font => Assert.Matches(@"\byes\s+yes\s+yes\b", font));
        Assert.InRange(new FileInfo(path).Length, 1, 400_000);
    }

    [Fact]
    public void Long_invoice_has_numbered_pages_and_every_line_once()
    {
        var text = Text(Print("long"));
        var pages = int.Parse(Regex.Match(Run("pdfinfo", Path.Combine(folder.FullName, "long.pdf")).Output, @"Pages:\s+(?<n>\d+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["n"].Value, CultureInfo.InvariantCulture);

        Assert.InRange(pages, 3, 8);
        for (var page = 1; page <= pages; page++) Assert.Contains($"Page {page} sur {pages}", text, StringComparison.Ordinal);
        for (var i = 1; i <= 120; i++) Assert.Single(Regex.Matches(text, $@"Pièce n° {i}\b", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Transfer_code_holds_account_amount_and_reference()
    {
        var final = PrintedSamples.All["final"];

        Assert.Equal(
            $"BCD\n002\n1\nSCT\nAGRIFRPP\nConsortium d'essai\nFR7630006000011234567890189\nEUR{final.Payable.Amount.ToString("0.00", CultureInfo.InvariantCulture)}\n\n{final.PaymentReference}",
            EpcCode.Payload(final));
        Assert.Null(EpcCode.Payload(PrintedSamples.All["plain"]));
        Assert.Null(EpcCode.Payload(PrintedSamples.All["booking"]));
        Assert.Null(EpcCode.Payload(PrintedSamples.All["credit"]));
    }

    [Fact]
    public void Many_at_once_come_out_alike()
    {
        var renderer = new InvoicePdf();
        var sizes = new int[16];

        Parallel.For(0, sizes.Length, i => sizes[i] = renderer.Render(PrintedSamples.All["final"]).Length);

        Assert.InRange(sizes.Max() - sizes.Min(), 0, 64);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Print(string name)
    {
        var path = Path.Combine(folder.FullName, name + ".pdf");
        File.WriteAllBytes(path, new InvoicePdf().Render(PrintedSamples.All[name]));
        return path;
    }

    private static string Text(string path) => Flat(Run("pdftotext", "-layout", path, "-").Output);

    /// <summary>One kind of space, one at a time.</summary>
    private static string Flat(string text) => Regex.Replace(text.Replace('\u202f', ' ').Replace('\u00a0', ' '), "[ \n\f]+", " ", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static string Squeezed(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static Money AmountAfter(string text, string label)
    {
        var match = Regex.Match(text, Regex.Escape(label) + @" (?<a>[0-9][0-9 ]*,[0-9]{2}) €", RegexOptions.None, TimeSpan.FromSeconds(5));
        Assert.True(match.Success, label + " is not on the page: " + text);
        return Money.FromEuros(decimal.Parse(match.Groups["a"].Value.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.'), CultureInfo.InvariantCulture));
    }

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
