using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Orders;

namespace TiersLieux.Market.Web.Orders;

/// <summary>A line as typed.</summary>
public sealed record QuoteFormLine(string OfferId, string Quantity);

/// <summary>A request for a quote as it was typed, in a posted form or in an address; nothing is corrected in silence.</summary>
public sealed record QuoteForm(IReadOnlyList<QuoteFormLine> Lines, string PostalCode, string City, string DueDate)
{
    /// <summary>What is wrong with what was typed: field (<c>quantity[0]</c>, <c>city</c>, <c>dueDate</c>) and why.</summary>
    public IReadOnlyList<(string Field, Reason Reason)> Faults => [.. FindFaults()];

    /// <summary>The request, or null while something is wrong with it.</summary>
    public QuoteWish? Wish => Faults.Count > 0
        ? null
        : new QuoteWish([.. Lines.Select(l => new QuoteWishLine(Guid.Parse(l.OfferId), Number(l.Quantity)!.Value))], null, PostalCode, City, Date(DueDate));

    public static QuoteForm Of(IEnumerable<KeyValuePair<string, StringValues>> values)
    {
        var all = values.ToDictionary(v => v.Key, v => v.Value, StringComparer.OrdinalIgnoreCase);
        StringValues Get(string name) => all.GetValueOrDefault(name);
        var (offers, quantities) = (Get("offerId"), Get("quantity"));
        return new QuoteForm(
            [.. offers.Select((offer, i) => new QuoteFormLine(offer?.Trim() ?? "", i < quantities.Count ? quantities[i]?.Trim() ?? "" : "")).Where(l => l.OfferId.Length > 0)],
            Get("postalCode").ToString().Trim(), Get("city").ToString().Trim(), Get("dueDate").ToString().Trim());
    }

    /// <summary>The lines with these numbers (from 1), and the same delivery.</summary>
    public QuoteForm Only(IEnumerable<int> lines) => this with { Lines = [.. lines.Order().Select(n => Lines[n - 1])] };

    /// <summary>The same request with a remedy applied to one of its lines (from 1); null where the customer cannot choose it.</summary>
    public QuoteForm? With(Remedy remedy, int line) => remedy switch
    {
        { Kind: RemedyKind.LaterDate, Date: { } date } => this with { DueDate = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        { Kind: RemedyKind.SmallerQuantity, Quantity: { } quantity } => this with
        {
            Lines = [.. Lines.Select((l, i) => i == line - 1 ? l with { Quantity = quantity.ToString("0.###", CultureInfo.InvariantCulture) } : l)],
        },
        _ => null,
    };

    /// <summary>As a query of an address, with its question mark.</summary>
    public string ToQuery(bool refused)
    {
        var query = new QueryBuilder();
        foreach (var line in Lines)
        {
            query.Add("offerId", line.OfferId);
            query.Add("quantity", line.Quantity);
        }

        query.Add("postalCode", PostalCode);
        query.Add("city", City);
        if (DueDate.Length > 0) query.Add("dueDate", DueDate);
        if (refused) query.Add("refus", "1");
        return query.ToString();
    }

    private IEnumerable<(string, Reason)> FindFaults()
    {
        if (Lines.Count == 0) yield return ("lines", new Reason("quote-empty", "Choisissez d'abord un article dans le catalogue.", "Choose an item in the catalogue first."));
        for (var i = 0; i < Lines.Count; i++)
        {
            if (!Guid.TryParse(Lines[i].OfferId, out _)) yield return ("lines", new Reason("offer-unknown", "Une des offres n'est plus au catalogue.", "One of the offers is no longer in the catalogue."));
            if (Number(Lines[i].Quantity) is not > 0)
                yield return ($"quantity[{i}]", new Reason("quantity-unreadable", "Écrivez la quantité en chiffres, par exemple 40.", "Write the quantity in figures, for example 40."));
        }

        if (PostalCode.Length == 0 && City.Length == 0)
            yield return ("city", new Reason("commune-missing", "Dites où livrer : une commune, avec son code postal s'il y en a plusieurs de ce nom.", "Say where to deliver: a town, with its postal code if there are several of that name."));
        if (DueDate.Length > 0 && Date(DueDate) is null)
            yield return ("dueDate", new Reason("date-unreadable", "Écrivez la date comme 2026-12-24.", "Write the date as 2026-12-24."));
    }

    private static decimal? Number(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal).Replace("\u202F", "", StringComparison.Ordinal).Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static DateOnly? Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
