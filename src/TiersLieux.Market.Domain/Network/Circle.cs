using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Network;

public enum CircleKind
{
    Territorial,
    Thematic,
}

/// <summary>A territorial or thematic group of places; its animator reviews what its members publish.</summary>
public sealed class Circle
{
    private Circle() { }

    public Circle(Guid id, string code, CircleKind kind, Text name)
    {
        Id = id;
        Code = code;
        Kind = kind;
        Name = name;
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public CircleKind Kind { get; private set; }

    public Text Name { get; private set; } = null!;
}
