using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Orders.Pricing;

public enum FeeKind
{
    Percent,
    Flat,
    PerItem,
    FirstAdditional,
    Threshold,
    Weight,
}

/// <summary>Which orders a fee is for.</summary>
public enum FeeScope
{
    /// <summary>Every order.</summary>
    Consortium,

    /// <summary>Orders with an offer of the circle.</summary>
    Circle,
}

/// <summary>Whose sale a fee is counted on.</summary>
public enum FeeSale
{
    Consortium,
    Producer,
}

/// <summary>A fee as the consortium keeps it. A later row of the same code takes over on its day; an inactive one ends the fee.</summary>
public sealed class FeeRow
{
    private FeeRow() { }

    public FeeRow(Guid id, string code, Text name, FeeKind kind, Guid beneficiaryId, decimal vatRate, DateOnly validFrom)
    {
        Id = id;
        Code = code;
        Name = name;
        Kind = kind;
        BeneficiaryId = beneficiaryId;
        VatRate = vatRate;
        ValidFrom = validFrom;
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public Text Name { get; private set; } = null!;

    public FeeKind Kind { get; private set; }

    /// <summary>Organisation that gets it.</summary>
    public Guid BeneficiaryId { get; private set; }

    /// <summary>Percent.</summary>
    public decimal VatRate { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    public bool IsActive { get; init; } = true;

    /// <summary>Of the workshops' shares, for <see cref="FeeKind.Percent"/>.</summary>
    public decimal Percent { get; init; }

    /// <summary>Per order, per item, or for the first piece; before tax.</summary>
    public Money Amount { get; init; }

    /// <summary>For each further piece.</summary>
    public Money Additional { get; init; }

    /// <summary>For a threshold (euros of shares) or a weight (kg); amounts in euros.</summary>
    public IReadOnlyList<FeeStep> Steps { get; init; } = [];

    public FeeScope Scope { get; init; }

    public Guid? CircleId { get; init; }

    public FeeSale Sale { get; init; }

    public FeeRule ToRule() => Kind switch
    {
        FeeKind.Percent => new FeeRule.Percent(Code, Name, BeneficiaryId, VatRate, Percent),
        FeeKind.Flat => new FeeRule.Flat(Code, Name, BeneficiaryId, VatRate, Amount.Amount),
        FeeKind.PerItem => new FeeRule.PerItem(Code, Name, BeneficiaryId, VatRate, Amount.Amount),
        FeeKind.FirstAdditional => new FeeRule.FirstAdditional(Code, Name, BeneficiaryId, VatRate, Amount.Amount, Additional.Amount),
        FeeKind.Threshold => new FeeRule.Threshold(Code, Name, BeneficiaryId, VatRate, [.. Steps.OrderBy(s => s.From)]),
        _ => new FeeRule.Weight(Code, Name, BeneficiaryId, VatRate, [.. Steps.OrderBy(s => s.From)]),
    };
}

/// <summary>A row of the transport table. A table is replaced as a whole: the rows of its latest date hold.</summary>
public sealed class TransportRow
{
    private TransportRow() { }

    public TransportRow(Guid id, DateOnly validFrom, decimal upToKg, string mode, Money flat, decimal centsPerKm, decimal vatRate)
    {
        Id = id;
        ValidFrom = validFrom;
        UpToKg = upToKg;
        Mode = mode;
        Flat = flat;
        CentsPerKm = centsPerKm;
        VatRate = vatRate;
    }

    public Guid Id { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    public decimal UpToKg { get; private set; }

    /// <summary>parcel, van or lorry.</summary>
    public string Mode { get; private set; } = "";

    public Money Flat { get; private set; }

    /// <summary>May be a fraction of a cent.</summary>
    public decimal CentsPerKm { get; private set; }

    /// <summary>Percent; the same in all rows of a date.</summary>
    public decimal VatRate { get; private set; }
}

/// <summary>What an emission factor is counted by.</summary>
public enum EmissionUnit
{
    TonneKm,
    KilowattHour,
}

/// <summary>An emission factor with its source; of each unit the latest default holds.</summary>
public sealed class EmissionRow
{
    private EmissionRow() { }

    public EmissionRow(Guid id, string code, Text name, EmissionUnit unit, decimal kgCo2, int year, DateOnly validFrom, bool isDefault, string source, string url)
    {
        Id = id;
        Code = code;
        Name = name;
        Unit = unit;
        KgCo2 = kgCo2;
        Year = year;
        ValidFrom = validFrom;
        IsDefault = isDefault;
        Source = source;
        Url = url;
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public Text Name { get; private set; } = null!;

    public EmissionUnit Unit { get; private set; }

    /// <summary>kg CO2e per unit.</summary>
    public decimal KgCo2 { get; private set; }

    /// <summary>Year of the data.</summary>
    public int Year { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    public bool IsDefault { get; private set; }

    public string Source { get; private set; } = "";

    public string Url { get; private set; } = "";
}

/// <summary>The network's price of a material per stock unit, before tax, from a day on.</summary>
public sealed class MaterialPriceRow
{
    private MaterialPriceRow() { }

    public MaterialPriceRow(Guid id, string material, DateOnly validFrom, Money unitPrice)
    {
        Id = id;
        Material = material;
        ValidFrom = validFrom;
        UnitPrice = unitPrice;
    }

    public Guid Id { get; private set; }

    public string Material { get; private set; } = "";

    public DateOnly ValidFrom { get; private set; }

    public Money UnitPrice { get; private set; }
}
