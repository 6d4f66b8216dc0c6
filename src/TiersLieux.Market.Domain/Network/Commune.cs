namespace TiersLieux.Market.Domain.Network;

/// <summary>A French commune with its position, for geocoding without a service.</summary>
public sealed class Commune
{
    private Commune() { }

    public Commune(string insee, string name, string postalCodes, string department, GeoPoint position, PositionPrecision precision)
    {
        Insee = insee;
        Name = name;
        PostalCodes = postalCodes;
        Department = department;
        Latitude = position.Latitude;
        Longitude = position.Longitude;
        Precision = precision;
    }

    /// <summary>Official code (COG), the key.</summary>
    public string Insee { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>All postal codes, separated by spaces.</summary>
    public string PostalCodes { get; private set; } = "";

    public string Department { get; private set; } = "";

    public double Latitude { get; private set; }

    public double Longitude { get; private set; }

    public PositionPrecision Precision { get; private set; }

    public GeoPoint Position => new(Latitude, Longitude);
}
