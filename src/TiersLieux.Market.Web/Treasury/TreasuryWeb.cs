using TiersLieux.Market.Connectors.Treasury;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Grains.Treasury;

namespace TiersLieux.Market.Web.Treasury;

/// <summary>What the treasurer's pages and calls share.</summary>
public static class TreasuryWeb
{
    /// <summary>A year of a busy account; more is a mistake, or somebody else's file.</summary>
    public const long MaxStatementBytes = 16L << 20;

    public static Reason TooLarge { get; } = new(
        "statement-too-large",
        "Ce fichier dépasse 16 Mo. Demandez à votre banque un relevé d'une période plus courte.",
        "This file is over 16 MB. Ask your bank for a statement of a shorter period.")
    { Field = "file" };

    public static Reason NoFile { get; } = new(
        "statement-missing", "Joignez le relevé dans un champ « file » (multipart/form-data).", "Attach the statement in a field \"file\" (multipart/form-data).")
    { Field = "file" };

    public static IServiceCollection AddTreasuryWeb(this IServiceCollection services) => services.AddSingleton<IStatementReader>(new Camt053Reader(MaxStatementBytes));

    public static async Task<byte[]> BytesAsync(IFormFile file, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    /// <summary>Where a related thing is looked at; null when it has no page.</summary>
    public static string? Href(this Related related) => related.Kind switch
    {
        RelatedKind.Order => $"/commandes/{related.Key}",
        RelatedKind.Booking => $"/reservations/{related.Key}",
        RelatedKind.Invoice => $"/api/v1/invoices/{related.Key}.pdf",
        RelatedKind.Payout => $"/tresorerie/versements/{related.Key}",
        RelatedKind.BankLine => $"/tresorerie/releves/{related.Key}",
        _ => null,
    };

    public static Related? Of(MatchCandidate candidate) => candidate.Kind switch
    {
        CandidateKind.Payout => new Related(RelatedKind.Payout, candidate.References[0], candidate.Id.ToString()),
        CandidateKind.Invoice => new Related(RelatedKind.Invoice, candidate.References[0], candidate.References[0]),
        _ => null,
    };
}
