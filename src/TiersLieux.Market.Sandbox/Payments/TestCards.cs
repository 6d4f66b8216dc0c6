namespace TiersLieux.Market.Sandbox.Payments;

/// <summary>What a test card does when it is charged.</summary>
/// <param name="Decline">Decline code, or null when the charge succeeds.</param>
/// <param name="Code">Error code that goes with the decline.</param>
internal sealed record TestCard(
    string Number, string Brand, string? Decline = null, string Code = "card_declined", bool NeedsAuthentication = false,
    bool Disputed = false, bool BypassesPending = false, bool RefundFails = false)
{
    public string Last4 => Number[^4..];
}

/// <summary>Stripe's public test numbers, and the tokens that stand for them.</summary>
internal static class TestCards
{
    private static readonly Dictionary<string, TestCard> ByNumber = new TestCard[]
    {
        new("4242424242424242", "visa"),
        new("4000056655665556", "visa"),
        new("5555555555554444", "mastercard"),
        new("4000000000000077", "visa", BypassesPending: true),
        new("4000000000005126", "visa", RefundFails: true),
        new("4000002500003155", "visa", NeedsAuthentication: true),
        new("4000002760003184", "visa", NeedsAuthentication: true),
        new("4000000000003220", "visa", NeedsAuthentication: true),
        new("4000008400001629", "visa", Decline: "generic_decline", NeedsAuthentication: true),
        new("4000000000000259", "visa", Disputed: true),
        new("4000000000000002", "visa", Decline: "generic_decline"),
        new("4000000000009995", "visa", Decline: "insufficient_funds"),
        new("4000000000009987", "visa", Decline: "lost_card"),
        new("4000000000009979", "visa", Decline: "stolen_card"),
        new("4000000000000069", "visa", Decline: "expired_card", Code: "expired_card"),
        new("4000000000000127", "visa", Decline: "incorrect_cvc", Code: "incorrect_cvc"),
        new("4000000000000119", "visa", Decline: "processing_error", Code: "processing_error"),
    }.ToDictionary(c => c.Number, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Tokens = new(StringComparer.Ordinal)
    {
        ["pm_card_visa"] = "4242424242424242",
        ["pm_card_visa_debit"] = "4000056655665556",
        ["pm_card_mastercard"] = "5555555555554444",
        ["pm_card_bypassPending"] = "4000000000000077",
        ["pm_card_authenticationRequiredOnSetup"] = "4000002500003155",
        ["pm_card_authenticationRequired"] = "4000002760003184",
        ["pm_card_threeDSecure2Required"] = "4000000000003220",
        ["pm_card_authenticationRequiredChargeDeclined"] = "4000008400001629",
        ["pm_card_refundFail"] = "4000000000005126",
        ["pm_card_createDispute"] = "4000000000000259",
        ["pm_card_chargeDeclined"] = "4000000000000002",
        ["pm_card_visa_chargeDeclined"] = "4000000000000002",
        ["pm_card_chargeDeclinedInsufficientFunds"] = "4000000000009995",
        ["pm_card_visa_chargeDeclinedInsufficientFunds"] = "4000000000009995",
        ["pm_card_chargeDeclinedExpiredCard"] = "4000000000000069",
        ["pm_card_chargeDeclinedIncorrectCvc"] = "4000000000000127",
        ["pm_card_chargeDeclinedProcessingError"] = "4000000000000119",
    };

    public static TestCard? Find(string number) => ByNumber.GetValueOrDefault(number);

    public static TestCard? FromToken(string token) => Tokens.TryGetValue(token, out var number) ? ByNumber[number] : null;

    /// <summary>The check digit of a card number.</summary>
    public static bool HasValidChecksum(string number)
    {
        if (number.Length is < 12 or > 19 || !number.All(char.IsAsciiDigit))
            return false;
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit < 5 ? digit * 2 : (digit * 2) - 9;
        }
        return sum % 10 == 0;
    }

    /// <summary>What Stripe says to the caller, in English.</summary>
    public static string Message(string code, string decline) => (code, decline) switch
    {
        ("expired_card", _) => "Your card has expired.",
        ("incorrect_cvc", _) => "Your card's security code is incorrect.",
        ("processing_error", _) => "An error occurred while processing your card. Try again in a little bit.",
        (_, "insufficient_funds") => "Your card has insufficient funds.",
        (_, "authentication_required") => "Your card was declined. This transaction requires authentication.",
        _ => "Your card was declined.",
    };
}
