using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Network;

/// <summary>What a credential is for, in words, and how long one lasts.</summary>
public sealed class CredentialKind
{
    private CredentialKind() { }

    public CredentialKind(string code, Text name, int validMonths)
    {
        Code = code;
        Name = name;
        ValidMonths = validMonths;
    }

    public string Code { get; private set; } = "";

    public Text Name { get; private set; } = null!;

    public int ValidMonths { get; private set; }
}
