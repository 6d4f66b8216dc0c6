using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>The published offers, in memory: read from the database at the first request and again after each change.</summary>
public sealed class OfferCatalogue(IDbContextFactory<MarketDbContext> databases, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile CatalogueSnapshot? _now;
    private volatile IReadOnlyDictionary<Guid, OfferIndication> _indications = new Dictionary<Guid, OfferIndication>();

    public async ValueTask<CatalogueSnapshot> GetAsync(CancellationToken cancellation = default) => _now ?? await RefreshAsync(cancellation);

    /// <summary>Reads the catalogue anew; what was published or withdrawn before the call is seen after it.</summary>
    public async Task<CatalogueSnapshot> RefreshAsync(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var read = await CatalogueReader.ReadAsync(db, _indications, ParisTime.DateOf(clock.UtcNow()), cancellation);
            _now = read;
            return read;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Prices and dates of made-to-order offers, for cards and filters.</summary>
    public async Task IndicateAsync(IReadOnlyDictionary<Guid, OfferIndication> indications, CancellationToken cancellation = default)
    {
        _indications = indications;
        await RefreshAsync(cancellation);
    }

    public void Dispose() => _turn.Dispose();
}
