using TiersLieux.Market.Connectors.Billing.Printing;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Connectors.Billing;

/// <summary>
/// Draws an issued document on A4. The buyer's address sits in the window of a French envelope (110 mm from the left,
/// 50 mm from the top); rows never break across pages, totals stay together; every page is numbered.
/// </summary>
public sealed class InvoicePdf : IInvoiceRenderer
{
    private const double WindowLeft = 312;
    private const double WindowTop = 142;
    private const double ColumnGap = 12;

    public byte[] Render(Invoice invoice)
    {
        var labels = new InvoiceLabels(invoice.Language);
        var file = new PdfFile
        {
            Title = $"{labels.Title(invoice.Kind)} {invoice.Number}",
            Author = invoice.Seller.Name,
            Language = invoice.Language,
            Created = invoice.IssuedAt,
        };
        var sheet = new PdfSheet(file, next => Continuation(next, invoice, labels));
        Heading(sheet, invoice, labels);
        Buyer(sheet, invoice, labels);
        Facts(sheet, invoice, labels);
        Lines(sheet, invoice, labels);
        Totals(sheet, invoice, labels);
        Payment(sheet, invoice, labels);
        Mentions(sheet, invoice, labels);
        for (var i = 0; i < file.Pages.Count; i++) Footer(file.Pages[i], invoice, labels.Page(i + 1, file.Pages.Count));
        return file.ToBytes();
    }

    private static void Heading(PdfSheet sheet, Invoice invoice, InvoiceLabels labels)
    {
        const double SellerWidth = 245;
        sheet.Page.Rectangles([(PdfSheet.Left, 45, 30, 3.5)], PdfSheet.Accent);
        var y = 55.0;
        y += sheet.Text(invoice.Seller.Name, Font.Heading(16), PdfSheet.Ink, PdfSheet.Left, y, SellerWidth) + 2;
        foreach (var line in AddressLines(invoice.Seller.Address).Append(invoice.Seller.Email))
            if (line is not null) y += sheet.Text(line, Font.Text(8.5), PdfSheet.Muted, PdfSheet.Left, y, SellerWidth);

        var titleY = 47.0;
        titleY += sheet.Text(labels.Title(invoice.Kind), Font.Heading(25), PdfSheet.Accent, WindowLeft, titleY, PdfSheet.Right - WindowLeft);
        sheet.Text(invoice.Number, Font.Strong(11), PdfSheet.Ink, WindowLeft, titleY + 1, PdfSheet.Right - WindowLeft);
        sheet.Y = y;
    }

    private static void Buyer(PdfSheet sheet, Invoice invoice, InvoiceLabels labels)
    {
        var bottom = sheet.Y + 8;
        if (invoice.DeliveryAddress is { } place)
        {
            var top = Math.Max(WindowTop, bottom);
            bottom = Block(sheet, labels.DeliveredTo, null, AddressLines(place), PdfSheet.Left, top, 230);
        }

        var buyer = invoice.Buyer;
        string?[] identity =
        [
            .. AddressLines(buyer.Address),
            buyer.Siren is { } siren ? "SIREN " + Siren(siren) : null,
            buyer.VatNumber is { } vat ? $"{labels.VatNumber} {vat}" : null,
        ];
        var right = Block(sheet, labels.BilledTo, buyer.Name, identity, WindowLeft, WindowTop, PdfSheet.Right - WindowLeft);
        sheet.Y = Math.Max(Math.Max(bottom, right), 232) + 14;
    }

    private static double Block(PdfSheet sheet, string label, string? name, IEnumerable<string?> lines, double x, double y, double width)
    {
        y += sheet.Text(label, Font.Strong(7.5), PdfSheet.Accent, x, y, width) + 2;
        if (name is not null) y += sheet.Text(name, Font.Strong(10.5), PdfSheet.Ink, x, y, width) + 1;
        foreach (var line in lines)
            if (line is not null) y += sheet.Text(line, Font.Text(9.5), PdfSheet.Ink, x, y, width);
        return y;
    }

    /// <summary>Dates and references, side by side between two rules.</summary>
    private static void Facts(PdfSheet sheet, Invoice invoice, InvoiceLabels labels)
    {
        var facts = new List<(string Label, string Value, string? Note)> { (labels.IssueDate, BillingText.Date(invoice.IssueDate), null) };
        if (invoice.SupplyDate is { } supplied) facts.Add((labels.SupplyDate, BillingText.Date(supplied), null));
        if (invoice.DueDate is { } due) facts.Add((labels.DueDate, BillingText.Date(due), null));
        if (invoice.OrderReference is { } order) facts.Add((labels.Order, order, null));
        if (invoice.CorrectsNumber is { } number) facts.Add((labels.Corrects, number, labels.Of(BillingText.Date(invoice.CorrectsIssueDate!.Value))));

        var width = (PdfSheet.Right - PdfSheet.Left) / Math.Max(4, facts.Count);
        sheet.Line(sheet.Y);
        for (var i = 0; i < facts.Count; i++)
        {
            var x = PdfSheet.Left + i * width;
            sheet.Text(facts[i].Label, Font.Text(7.5), PdfSheet.Muted, x, sheet.Y + 8, width - 8);
            sheet.Text(facts[i].Value, Font.Strong(9.5), PdfSheet.Ink, x, sheet.Y + 19, width - 8);
            if (facts[i].Note is { } note) sheet.Text(note, Font.Text(7.5), PdfSheet.Muted, x, sheet.Y + 32, width - 8);
        }

        sheet.Y += facts.Exists(f => f.Note is not null) ? 51 : 41;
        sheet.Line(sheet.Y);
        sheet.Y += 18;
    }

    private static void Continuation(PdfSheet sheet, Invoice invoice, InvoiceLabels labels)
    {
        sheet.Page.Rectangles([(PdfSheet.Left, 45, 30, 3.5)], PdfSheet.Accent);
        sheet.Text(invoice.Seller.Name, Font.Heading(11), PdfSheet.Ink, PdfSheet.Left, 54, 260);
        sheet.Text($"{labels.Title(invoice.Kind)} {invoice.Number}, {labels.Continued}", Font.Text(9), PdfSheet.Muted, WindowLeft - 40, 56, PdfSheet.Right - WindowLeft + 40, right: true);
        sheet.Y = 88;
    }

    private static void Lines(PdfSheet sheet, Invoice invoice, InvoiceLabels labels)
    {
        var columns = LineColumns.Default;
        LineHeader(sheet, labels, columns);
        foreach (var line in invoice.Lines.OrderBy(l => l.Order))
        {
            string?[] notes = [line.Detail, line.Discount.IsZero ? null : labels.Discount(BillingText.Amount(line.Discount))];
            var height = PdfSheet.HeightOf(line.Description, Font.Text(9.5), columns.DescriptionWidth)
                + notes.Sum(n => n is null ? 0 : PdfSheet.HeightOf(n, Font.Text(8), columns.DescriptionWidth)) + 13;
            if (sheet.Need(height)) LineHeader(sheet, labels, columns);

            var y = sheet.Y + 6;
            sheet.Text(Quantity(line, labels), Font.Text(9.5), PdfSheet.Ink, columns.Quantity, y, columns.QuantityWidth, right: true);
            sheet.Text(BillingText.Number(line.UnitPrice, 2) + "\u00a0€", Font.Text(9.5), PdfSheet.Ink, columns.Price, y, columns.PriceWidth, right: true);
            sheet.Text(Rate(line.Vat, labels), Font.Text(9.5), PdfSheet.Muted, columns.Vat, y, columns.VatWidth, right: true);
            sheet.Text(BillingText.Amount(line.Net), Font.Text(9.5), PdfSheet.Ink, columns.Net, y, columns.NetWidth, right: true);
            y += sheet.Text(line.Description, Font.Text(9.5), PdfSheet.Ink, PdfSheet.Left, y, columns.DescriptionWidth);
            foreach (var note in notes)
                if (note is not null) y += sheet.Text(note, Font.Text(8), PdfSheet.Muted, PdfSheet.Left, y, columns.DescriptionWidth);
            sheet.Y = y + 7;
            sheet.Line(sheet.Y, thickness: 0.4);
        }

        sheet.Y += 16;
    }

    private static void LineHeader(PdfSheet sheet, InvoiceLabels labels, LineColumns columns)
    {
        var font = Font.Strong(7.5);
        sheet.Text(labels.Description, font, PdfSheet.Muted, PdfSheet.Left, sheet.Y, columns.DescriptionWidth);
        sheet.Text(labels.Quantity, font, PdfSheet.Muted, columns.Quantity, sheet.Y, columns.QuantityWidth, right: true);
        sheet.Text(labels.UnitPrice, font, PdfSheet.Muted, columns.Price, sheet.Y, columns.PriceWidth, right: true);
        sheet.Text(labels.Vat, font, PdfSheet.Muted, columns.Vat, sheet.Y, columns.VatWidth, right: true);
        sheet.Text(labels.Net, font, PdfSheet.Muted, columns.Net, sheet.Y, columns.NetWidth, right: true);
        sheet.Y += 15;
        sheet.Page.Line(PdfSheet.Left, PdfSheet.Right, sheet.Y, PdfSheet.Ink, 0.8);
    }

    /// <summary>VAT per rate on the left; totals, deposits and what is due on the right; all on one page.</summary>
    private static void Totals(PdfSheet sheet, Invoice invoice, InvoiceLabels labels)
    {
        var deposits = invoice.Deposits.OrderBy(d => d.Order).GroupBy(d => d.Number, StringComparer.Ordinal).ToList();
        var otherPaid = invoice.Prepaid - new Money(invoice.Deposits.Sum(d => d.InclTax.Cents));
        sheet.Need(120 + deposits.Sum(d => 28 + 11 * d.Count()) + Math.Max(0, invoice.VatBreakdown.Count - 3) * 16);
        var top = sheet.Y;
        var left = VatTable(sheet, invoice, labels, top);

        var y = top;
        var width = PdfSheet.Right - WindowLeft;
        void Row(string label, Money amount, bool strong = false)
        {
            var font = strong ? Font.Strong(9.5) : Font.Text(9.5);
            sheet.Text(label, font, PdfSheet.Ink, WindowLeft, y, width);
            sheet.Text(BillingText.Amount(amount), font, PdfSheet.Ink, WindowLeft, y, width, right: true);
            y += 16;
        }

        Row(labels.TotalExcl, invoice.ExclTax);
        Row(labels.TotalVat, invoice.Tax);
        Row(labels.TotalIncl, invoice.InclTax, strong: true);
        foreach (var deposit in deposits)
        {
            Row(labels.Deposit(deposit.Key), -new Money(deposit.Sum(d => d.InclTax.Cents)));
            y -= 3;
            y += sheet.Text(labels.DepositOf(BillingText.Date(deposit.First().IssueDate)), Font.Text(7.5), PdfSheet.Muted, WindowLeft, y, width);
            foreach (var part in deposit.GroupBy(d => (d.Vat.Category, d.Vat.RatePercent, d.Vat.ExemptionCode)))
            {
                var basis = BillingText.Amount(new Money(part.Sum(d => d.Basis.Cents)));
                var tax = BillingText.Amount(new Money(part.Sum(d => d.Tax.Cents)));
                var text = part.Key.Category == "S" ? labels.OfWhichVat(BillingText.Rate(part.Key.RatePercent), basis, tax) : labels.Untaxed(basis);
                y += sheet.Text(text, Font.Text(7.5), PdfSheet.Muted, WindowLeft, y, width);
            }

            y += 5;
        }

        if (!otherPaid.IsZero) Row(labels.AlreadyPaid, -otherPaid);
        y += 4;
        sheet.Page.Rounded(WindowLeft - ColumnGap, y, width + ColumnGap, 40, 6, PdfSheet.Paper, PdfSheet.Rule);
        sheet.Text(labels.Payable(invoice.Kind), Font.Strong(10.5), PdfSheet.Ink, WindowLeft, y + 13, width);
        sheet.Text(BillingText.Amount(invoice.Payable), Font.Heading(17), PdfSheet.Accent, WindowLeft, y + 8.5, width - ColumnGap, right: true);
        sheet.Y = Math.Max(left, y + 40) + 20;
    }

    private static double VatTable(PdfSheet sheet, Invoice invoice, InvoiceLabels labels, double top)
    {
        const double Column = 78;
        var font = Font.Strong(7.5);
        string[] heads = [labels.Rate, labels.Basis, labels.Vat];
        for (var i = 0; i < heads.Length; i++) sheet.Text(heads[i], font, PdfSheet.Muted, PdfSheet.Left + i * Column, top + 1, Column, right: i > 0);
        var y = top + 14;
        sheet.Line(y, to: PdfSheet.Left + 3 * Column);
        y += 5;
        foreach (var (vat, basis, tax) in invoice.VatBreakdown)
        {
            string[] cells = [Rate(vat, labels), BillingText.Amount(basis), BillingText.Amount(tax)];
            for (var i = 0; i < cells.Length; i++) sheet.Text(cells[i], Font.Text(9), PdfSheet.Ink, PdfSheet.Left + i * Column, y, Column, right: i > 0);
            y += 15;
        }

        foreach (var mention in invoice.VatBreakdown.Select(v => v.Vat.Mention).Distinct(StringComparer.Ordinal))
            if (mention is not null) y += sheet.Text(mention + ".", Font.Strong(8), PdfSheet.Ink, PdfSheet.Left, y + 2, 3 * Column) + 2;
        return y;
    }

    private static void Payment(PdfSheet sheet, Invoice invoice, InvoiceLabels labels)
    {
        if (invoice.Payable.IsZero && !invoice.InclTax.IsZero && !invoice.Kind.IsCredit())
        {
            sheet.Need(30);
            sheet.Y += sheet.Text(labels.FullyPaid, Font.Text(9.5), PdfSheet.Ink, PdfSheet.Left, sheet.Y, 300) + 14;
            return;
        }

        if (EpcCode.Payload(invoice) is not { } payload) return;
        const double Side = 76;
        sheet.Need(Side + 40);
        var top = sheet.Y;
        sheet.Page.Rectangles(EpcCode.Boxes(payload, PdfSheet.Left, top + 3, Side), PdfSheet.Ink);
        const double TextLeft = PdfSheet.Left + Side + 18;
        var y = top;
        y += sheet.Text(labels.PayByTransfer, Font.Heading(11.5), PdfSheet.Ink, TextLeft, y, 300) + 3;
        var payee = invoice.Payee!;
        foreach (var (label, value) in new[]
                 {
                     (labels.Holder, payee.Holder), ("IBAN", Grouped(payee.Iban)), ("BIC", payee.Bic), (labels.Reference, CreditorReference.Grouped(invoice.PaymentReference!)),
                 })
        {
            if (value is null) continue;
            sheet.Text(label, Font.Text(8.5), PdfSheet.Muted, TextLeft, y, 100);
            y += sheet.Text(value, Font.Strong(9), PdfSheet.Ink, TextLeft + 100, y, 280);
        }

        y += 3;
        y += sheet.Text(labels.ScanToPay, Font.Text(7.5), PdfSheet.Muted, TextLeft, y, 380);
        sheet.Y = Math.Max(top + Side + 6, y) + 16;
    }

    private static void Mentions(PdfSheet sheet, Invoice invoice, InvoiceLabels labels)
    {
        var font = Font.Text(7.5);
        const double Width = PdfSheet.Right - PdfSheet.Left;
        var texts = invoice.Mentions.OrderBy(m => m.Order).Select(m => m.Text).ToList();
        if (texts.Count == 0) return;
        sheet.Need(14 + texts.Sum(t => PdfSheet.HeightOf(t, font, Width)));
        sheet.Y += sheet.Text(labels.Mentions, Font.Strong(7.5), PdfSheet.Muted, PdfSheet.Left, sheet.Y, Width) + 1;
        foreach (var text in texts) sheet.Y += sheet.Text(text, font, PdfSheet.Muted, PdfSheet.Left, sheet.Y, Width);
    }

    private static void Footer(PdfPage page, Invoice invoice, string number)
    {
        var font = Font.Text(7);
        page.Line(PdfSheet.Left, PdfSheet.Right, 788, PdfSheet.Rule, 0.6);
        var seller = invoice.Seller;
        string?[] legal = [seller.Name, seller.LegalForm, seller.ShareCapital is { } capital ? "capital " + capital : null, seller.Registration];
        string?[] numbers =
        [
            seller.Siret is { } siret ? "SIRET " + Siren(siret[..9]) + "\u00a0" + siret[9..] : seller.Siren is { } siren ? "SIREN " + Siren(siren) : null,
            seller.VatNumber is { } vat ? "TVA " + vat : null,
        ];
        page.Text(string.Join("  ·  ", legal.Where(p => p is not null)).Replace('\u202f', '\u00a0'), font, PdfSheet.Muted, PdfSheet.Left, 793);
        page.Text(string.Join("  ·  ", numbers.Where(p => p is not null)), font, PdfSheet.Muted, PdfSheet.Left, 803);
        page.Text(number, font, PdfSheet.Muted, PdfSheet.Right - font.Width(number), 793);
    }

    private static IEnumerable<string?> AddressLines(PostalAddress address) =>
        [address.Street, address.Complement, $"{address.PostalCode} {address.City}", address.CountryCode == "FR" ? null : Country(address.CountryCode)];

    /// <summary>In French for the post of the country of departure; others by their code.</summary>
    private static string Country(string code) => code switch
    {
        "BE" => "BELGIQUE",
        "CH" => "SUISSE",
        "DE" => "ALLEMAGNE",
        "ES" => "ESPAGNE",
        "GB" => "ROYAUME-UNI",
        "IT" => "ITALIE",
        "LU" => "LUXEMBOURG",
        "NL" => "PAYS-BAS",
        _ => code,
    };

    private static string Quantity(InvoiceLine line, InvoiceLabels labels)
    {
        var unit = labels.Unit(line.Unit);
        return unit.Length == 0 ? BillingText.Number(line.Quantity) : BillingText.Number(line.Quantity) + "\u00a0" + unit;
    }

    private static string Rate(VatTreatment vat, InvoiceLabels labels) => vat.Category == "S" ? BillingText.Rate(vat.RatePercent) : labels.Exempt;

    private static string Siren(string digits) => string.Join('\u00a0', digits.Chunk(3).Select(c => new string(c)));

    private static string Grouped(string iban) => string.Join('\u00a0', iban.Chunk(4).Select(c => new string(c)));

    private sealed record LineColumns(double DescriptionWidth, double Quantity, double QuantityWidth, double Price, double PriceWidth, double Vat, double VatWidth, double Net, double NetWidth)
    {
        public static LineColumns Default { get; } = new(226, 277, 50, 331, 74, 409, 42, 453, 91);
    }
}
