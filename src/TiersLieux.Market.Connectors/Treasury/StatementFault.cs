using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Connectors.Treasury;

/// <summary>Stops the reading of a bank file; never leaves its reader, which answers with the reason and the line.</summary>
internal sealed class StatementFault(int line, string code, string french, string english) : Exception(english)
{
    public int Line { get; } = line;

    public Reason Reason { get; } = new(code, french, english);
}
