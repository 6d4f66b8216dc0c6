namespace TiersLieux.Market.Domain.Ledger;

/// <summary>An account of the chart (plan comptable général 2025), shared by the legal persons of the market.</summary>
public sealed class Account
{
    private Account() => Code = Label = "";

    public Guid Id { get; private set; }

    /// <summary>Digits only, "44571".</summary>
    public string Code { get; private set; }

    /// <summary>In French, as the FEC prints it.</summary>
    public string Label { get; private set; }

    /// <summary>Kept by customer or supplier: every line on it names its party.</summary>
    public bool HasAuxiliary { get; private set; }

    /// <param name="id">A new one where none is given.</param>
    public static Account Create(string code, string label, bool hasAuxiliary, Guid? id = null) =>
        new() { Id = id ?? Guid.CreateVersion7(), Code = code, Label = label, HasAuxiliary = hasAuxiliary };
}
