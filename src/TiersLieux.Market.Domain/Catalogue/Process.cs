using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Catalogue;

/// <summary>A way of making: laser cutting, CNC milling, sewing…</summary>
public sealed class Process
{
    private Process() { }

    public Process(string code, Text name, string? parentCode, string? dinCode, string mark)
    {
        Code = code;
        Name = name;
        ParentCode = parentCode;
        DinCode = dinCode;
        Mark = mark;
    }

    public string Code { get; private set; } = "";

    public Text Name { get; private set; } = null!;

    public string? ParentCode { get; private set; }

    /// <summary>Technology-specific documentation criterion of DIN SPEC 3105, where there is one.</summary>
    public string? DinCode { get; private set; }

    /// <summary>Name of the drawn mark that stands for it on cards, maps and timelines.</summary>
    public string Mark { get; private set; } = "";

    /// <summary>Mean share of a machine's rated power that the process draws: kWh = hours × rated kW × this. An estimate.</summary>
    public decimal LoadFactor { get; init; } = 1;
}

/// <summary>What things are made of, by stock unit. Its price is dated: see <see cref="Orders.Pricing.MaterialPriceRow"/>.</summary>
public sealed class Material
{
    private Material() { }

    public Material(string code, Text name, string family, string unit, decimal kgPerUnit)
    {
        Code = code;
        Name = name;
        Family = family;
        Unit = unit;
        KgPerUnit = kgPerUnit;
    }

    public string Code { get; private set; } = "";

    public Text Name { get; private set; } = null!;

    public string Family { get; private set; } = "";

    /// <summary>Stock unit: m², m, kg, piece…</summary>
    public string Unit { get; private set; } = "";

    public decimal KgPerUnit { get; private set; }
}

/// <summary>A trade, as the "manufactures de proximité" programme names them.</summary>
public sealed class Filiere
{
    private Filiere() { }

    public Filiere(string code, Text name)
    {
        Code = code;
        Name = name;
    }

    public string Code { get; private set; } = "";

    public Text Name { get; private set; } = null!;
}
