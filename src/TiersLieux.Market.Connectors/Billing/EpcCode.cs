using System.Globalization;
using System.Text;

using QRCoder;

using TiersLieux.Market.Domain.Billing;

namespace TiersLieux.Market.Connectors.Billing;

/// <summary>The QR code of a SEPA credit transfer (EPC069-12, version 002), which banking apps read.</summary>
public static class EpcCode
{
    private const int LongestName = 70;

    /// <summary>The code's text, or null when the document is not payable by transfer.</summary>
    public static string? Payload(Invoice invoice)
    {
        if (invoice.Payee is not { } payee || invoice.PaymentReference is not { } reference || invoice.Payable.Cents <= 0) return null;
        var holder = payee.Holder.Length > LongestName ? payee.Holder[..LongestName] : payee.Holder;
        return string.Join('\n',
            "BCD", "002", "1", "SCT", payee.Bic ?? "", holder, payee.Iban,
            "EUR" + invoice.Payable.Amount.ToString("0.00", CultureInfo.InvariantCulture), "", reference);
    }

    /// <summary>The dark boxes of the code in a square, runs of modules joined.</summary>
    internal static IEnumerable<(double X, double Y, double Width, double Height)> Boxes(string payload, double x, double y, double size)
    {
        const int Quiet = 4;
        using var data = QRCodeGenerator.GenerateQrCode(Encoding.UTF8.GetBytes(payload), QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var count = modules.Count - 2 * Quiet;
        var side = size / count;
        var boxes = new List<(double, double, double, double)>();
        for (var row = 0; row < count; row++)
        {
            var start = -1;
            for (var column = 0; column <= count; column++)
            {
                var dark = column < count && modules[row + Quiet][column + Quiet];
                if (dark && start < 0) start = column;
                if (dark || start < 0) continue;
                // A hair of overlap downwards hides the seams that viewers draw between rows.
                boxes.Add((x + start * side, y + row * side, (column - start) * side, side + 0.05));
                start = -1;
            }
        }

        return boxes;
    }
}
