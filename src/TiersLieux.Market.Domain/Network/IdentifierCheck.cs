using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Network;

/// <summary>Whether a text is an identifier of its kind. Right in form does not mean given out: only a register knows that.</summary>
public abstract record IdentifierCheck
{
    private IdentifierCheck()
    {
    }

    /// <param name="Value">Without spaces, in capitals: the form to store and compare.</param>
    public sealed record Valid(string Value) : IdentifierCheck;

    public sealed record Refused(Reason Reason) : IdentifierCheck;

    internal static IdentifierCheck No(string code, string field, string french, string english) =>
        new Refused(new Reason(code, french, english) { Field = field });

    /// <summary>People paste identifiers with spaces (also unbreakable ones), dots and hyphens.</summary>
    internal static string Compact(string? text) =>
        text is null ? "" : string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('.' or '-'))).ToUpperInvariant();

    internal static bool IsDigits(string text, int length) => text.Length == length && text.All(char.IsAsciiDigit);
}
