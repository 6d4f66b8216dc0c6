namespace TiersLieux.Market.Sandbox.Pages;

/// <summary>One line of what is bought; amounts in cents.</summary>
public sealed record PaymentLine(string Name, long Quantity, long Total);

/// <summary>The payment page of a checkout session, with what was typed and what is wrong with it.</summary>
public sealed record PaymentView(
    string Id, long Total, IReadOnlyList<PaymentLine> Lines, string Means, IReadOnlyList<string> MeansOffered, string? CancelUrl,
    IReadOnlyDictionary<string, string> Typed, IReadOnlyDictionary<string, string> Errors)
{
    public string Value(string field) => Typed.GetValueOrDefault(field, "");

    public string? Error(string field) => Errors.GetValueOrDefault(field);
}

public sealed record ChallengeView(string Address, long Amount, string Last4);

public sealed record OnboardingView(
    string Address, string Account, IReadOnlyDictionary<string, string> Typed, IReadOnlyDictionary<string, string> Errors)
{
    public string Value(string field) => Typed.GetValueOrDefault(field, "");

    public string? Error(string field) => Errors.GetValueOrDefault(field);
}

public sealed record MessageView(string Title, string Text, string? Link, string? LinkText);

public sealed record AccountRow(string Id, string Name, long Pending, long Available, string? Transfers);

public sealed record ObjectRow(string Id, string Kind, long Created, long Amount, string Status, string? Note, IReadOnlyList<RowAction> Actions);

/// <summary>A button of a row: an address of the control API and one field.</summary>
public sealed record RowAction(string Address, string Label, string? Field = null, string? Value = null);

public sealed record DeliveryRow(string Event, string Type, string State, long Attempts, string? Answer);

public sealed record FaultRow(string Kind, string? Path, long Count);

public sealed record ConsoleView(
    long Now, long Offset, IReadOnlyList<AccountRow> Accounts, IReadOnlyList<ObjectRow> Objects, IReadOnlyList<DeliveryRow> Deliveries,
    bool Hold, bool Reverse, long Lose, long Duplicate, IReadOnlyList<FaultRow> Faults, IReadOnlyList<string> FaultKinds, string WebhookUrl, string WebhookSecret,
    string? Message, bool IsError);

public sealed record BankRow(DateOnly Day, string Text, string? Name, string? Reference, long Amount);

public sealed record BankView(
    string Iban, string Holder, DateOnly From, DateOnly To, long Opening, long Closing, IReadOnlyList<BankRow> Rows, string? Message, bool IsError);
