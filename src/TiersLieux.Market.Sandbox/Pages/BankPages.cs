using System.Globalization;
using TiersLieux.Market.Sandbox.Common;
using TiersLieux.Market.Sandbox.Treasury;

namespace TiersLieux.Market.Sandbox.Pages;

/// <summary>The bank's page and the statement as a file.</summary>
internal static class BankPages
{
    public static void Map(WebApplication app, SandboxDatabase database)
    {
        app.MapGet("/bank", async (HttpContext http, CancellationToken cancel) => await database.CommitAsync<IResult>("", work =>
        {
            var l = Language.Of(http.Request);
            if (Period(work, http.Request.Query) is not { } period)
                return BadPeriod(l);
            var statement = Bank.Statement(work, period.From, period.To);
            var rows = statement.Lines.Select(i => new BankRow(i.Booked, i.Text, i.Name, i.Reference, i.Amount));
            return SandboxPages.Show<BankPage>(l, new BankView(
                Bank.Iban, Bank.Holder, period.From, period.To, statement.Opening, statement.Closing, [.. rows],
                ConsolePages.Message(l, http.Request.Query), http.Request.Query.ContainsKey("error")));
        }, cancel));
        app.MapGet("/bank/statement", async (HttpContext http, CancellationToken cancel) => await database.CommitAsync<IResult>("", work =>
        {
            if (Period(work, http.Request.Query) is not { } period)
                return BadPeriod(Language.Of(http.Request));
            var name = string.Create(CultureInfo.InvariantCulture, $"releve-{period.From:yyyyMMdd}-{period.To:yyyyMMdd}.camt053.xml");
            return Results.File(Camt053.Write(Bank.Statement(work, period.From, period.To)), "application/xml", name);
        }, cancel));
    }

    /// <summary>The month so far unless days are given; null when they cannot be read or are the wrong way round.</summary>
    private static (DateOnly From, DateOnly To)? Period(Work work, IQueryCollection query)
    {
        var today = Bank.Today(work);
        var from = new DateOnly(today.Year, today.Month, 1);
        var to = today;
        foreach (var (name, set) in new[] { ("from", (Action<DateOnly>)(d => from = d)), ("to", d => to = d) })
        {
            if (query[name].ToString() is not { Length: > 0 } text)
                continue;
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return null;
            set(day);
        }
        return from <= to ? (from, to) : null;
    }

    private static IResult BadPeriod(Language l) => SandboxPages.Message(
        l, 400, l["Dates illisibles", "Unreadable dates"],
        l["Écrivez from et to comme 2026-11-01, le début avant la fin.", "Write from and to as 2026-11-01, the start before the end."], "/bank");
}
