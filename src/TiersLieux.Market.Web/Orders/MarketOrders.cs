using Microsoft.AspNetCore.Mvc;
using TiersLieux.Market.Connectors.Billing;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Web.Access;

namespace TiersLieux.Market.Web.Orders;

/// <summary>What the pages and calls about quotes, orders and workshops need.</summary>
public static class MarketOrders
{
    public static IServiceCollection AddMarketOrders(this IServiceCollection services)
    {
        services.AddSingleton<QuoteQueries>();
        services.AddSingleton<OrderQueries>();
        services.AddSingleton<WorkshopQueries>();
        services.AddSingleton<WorkshopLoads>();
        services.AddSingleton<WorkshopMachines>();
        services.AddSingleton<InvoiceQueries>();
        services.AddSingleton<PaymentAccounts>();
        services.AddSingleton<IInvoiceRenderer, InvoicePdf>();
        return services;
    }

    /// <summary>
    /// <c>POST /devis</c>, from an offer's page or the form of the same address: <c>offerId</c> and <c>quantity</c> (again for each further line),
    /// <c>postalCode</c>, <c>city</c>, <c>dueDate</c>. Leads to the quote, or back to the form with what was typed.
    /// </summary>
    public static void MapOrderForms(this IEndpointRouteBuilder app) =>
        app.MapPost("/devis", AskAsync).ExcludeFromDescription().WithOrder(-1);

    private static async Task<IResult> AskAsync([FromForm] IFormCollection form, QuoteDesk desk, CurrentActor current, CancellationToken cancellation)
    {
        var asked = QuoteForm.Of(form);
        if (asked.Wish is not { } wish) return Results.LocalRedirect("/devis" + asked.ToQuery(refused: true));
        if (await desk.CreateAsync(wish, await current.GetAsync(cancellation), cancellation) is not QuoteAnswer.Given { Quote.Plans.Count: > 0 } given)
            return Results.LocalRedirect("/devis" + asked.ToQuery(refused: true));
        var missing = asked.Only(given.Unavailable.Select(u => u.Line));
        return Results.LocalRedirect(QuoteQueries.PathOf(given.Quote) + (missing.Lines.Count > 0 ? missing.ToQuery(refused: false) : ""));
    }
}
