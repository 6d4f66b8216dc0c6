using System.Globalization;
using System.Text.Json.Nodes;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Payments;

namespace TiersLieux.Market.Sandbox.Treasury;

/// <summary>A line of the statement; <paramref name="Amount"/> in cents, negative when money leaves.</summary>
internal sealed record BankLine(
    long Number, DateOnly Booked, long Amount, string Kind, string? Name, string? Iban, string Text, string? Reference, string? EndToEnd)
{
    public const string Payout = "payout";
    public const string Return = "return";
    public const string Transfer = "transfer";
    public const string Fee = "fee";

    /// <summary>The bank's own reference, the same in every statement that shows the line.</summary>
    public string BankReference => string.Create(CultureInfo.InvariantCulture, $"BAS{Booked:yyyyMMdd}{Number:D6}");
}

/// <summary>Lines of a period with the balances around them.</summary>
internal sealed record BankStatement(DateOnly From, DateOnly To, long Opening, long Closing, IReadOnlyList<BankLine> Lines, DateTimeOffset Made);

/// <summary>The consortium's current account at a bank that does not exist.</summary>
internal static class Bank
{
    /// <summary>Valid check digits, plainly not a real bank.</summary>
    public const string Iban = "FR869999999999BACASABLE0133";

    public const string Bic = "BACSFRPPXXX";

    public const string Holder = "CONSORTIUM REACTIV'MAKERS (BAC A SABLE)";

    private const string StripeIban = "FR489999999999STRIPEFICT165";
    private const string StripeName = "STRIPE PAYMENTS (BAC A SABLE)";

    private static readonly TimeZoneInfo s_paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static DateOnly Today(Work work) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(work.Now), s_paris).DateTime);

    public static void PayoutArrives(Work work, JsonObject payout) => Add(
        work, BankLine.Payout, payout.Number("amount"), StripeName, StripeIban, $"VIR SEPA STRIPE {payout.Id()}", null, payout.Id());

    public static void PayoutReturns(Work work, JsonObject payout) => Add(
        work, BankLine.Return, -payout.Number("amount"), StripeName, StripeIban, $"REJET VIR STRIPE {payout.Id()}", null, payout.Id());

    /// <summary>A transfer that somebody sends to the account, or with a negative amount one that leaves it.</summary>
    public static void Transfer(Work work, string name, string iban, long amount, string text, string? reference)
    {
        var account = TestIbans.Normalise(iban);
        if (!TestIbans.IsValid(account))
            throw StripeException.Invalid("The IBAN is not valid.", "iban", "invalid_bank_account_iban");
        if (amount == 0 || Math.Abs(amount) > 99_999_999_99)
            throw StripeException.Invalid("The amount must be between 0.01 and 99,999,999.99.", "amount");
        if (name.Length is 0 or > 70)
            throw StripeException.Invalid("The name must have 1 to 70 characters.", "name");
        if (text.Length > 140)
            throw StripeException.Invalid("The text can have up to 140 characters.", "text");
        var structured = reference?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (structured is { Length: > 0 } && (!structured.StartsWith("RF", StringComparison.Ordinal) || structured.Length is < 5 or > 25 || !TestIbans.HasValidCheckDigits(structured)))
            throw StripeException.Invalid("The structured reference must be an RF reference of ISO 11649 with valid check digits.", "reference");
        Add(work, BankLine.Transfer, amount, name, account, text, string.IsNullOrEmpty(structured) ? null : structured, null);
    }

    public static long FeeAmount(long amount) => amount is >= 1 and <= 99_999_99
        ? amount
        : throw StripeException.Invalid("The amount of the fee must be between 0.01 and 99,999.99.", "amount");

    public static void Fee(Work work, long amount, string text)
    {
        Add(work, BankLine.Fee, -FeeAmount(amount), null, null, text.Length > 0 ? text : "FRAIS DE TENUE DE COMPTE", null, null);
    }

    public static BankStatement Statement(Work work, DateOnly from, DateOnly to)
    {
        var opening = work.Scalar("SELECT coalesce(sum(amount), 0) FROM bank_lines WHERE booked < $a", Iso(from));
        var lines = work.Rows(
            "SELECT seq, booked, amount, kind, name, iban, text, reference, end_to_end FROM bank_lines WHERE booked BETWEEN $a AND $b ORDER BY booked, seq",
            r => new BankLine(
                r.GetInt64(0), DateOnly.Parse(r.GetString(1), CultureInfo.InvariantCulture), r.GetInt64(2), r.GetString(3),
                Text(r, 4), Text(r, 5), r.GetString(6), Text(r, 7), Text(r, 8)),
            Iso(from), Iso(to));
        return new BankStatement(from, to, opening, opening + lines.Sum(l => l.Amount), lines, DateTimeOffset.FromUnixTimeSeconds(work.Now));
    }

    private static void Add(Work work, string kind, long amount, string? name, string? iban, string text, string? reference, string? endToEnd) => work.Execute(
        "INSERT INTO bank_lines (booked, amount, kind, name, iban, text, reference, end_to_end) VALUES ($a, $b, $c, $d, $e, $f, $g, $h)",
        Iso(Today(work)), amount, kind, name, iban, text, reference, endToEnd);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(Microsoft.Data.Sqlite.SqliteDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);
}
