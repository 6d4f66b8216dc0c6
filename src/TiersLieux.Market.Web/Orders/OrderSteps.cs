using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Web.Components.Drawings;
using TiersLieux.Market.Web.Localisation;

namespace TiersLieux.Market.Web.Orders;

/// <summary>Where an order is: its steps, and its story with what comes next.</summary>
public static class OrderSteps
{
    public static IReadOnlyList<(string Label, string? Href)> Of(Order order, Lang lang) =>
    [
        (lang.T("Devis", "Quote"), null),
        (order.Deposit.IsZero ? lang.T("Confirmation", "Confirmation") : lang.T("Acompte", "Deposit"), null),
        (lang.T("Fabrication", "Production"), null),
        (lang.T("Livraison", "Delivery"), null),
        (lang.T("Solde", "Balance"), null),
    ];

    /// <summary>Index of the step the order is at; the count of steps when all is done.</summary>
    public static int Current(Order order) => order.State switch
    {
        OrderState.Holding or OrderState.AwaitingDeposit or OrderState.Confirming => 1,
        OrderState.InProduction => 2,
        OrderState.Delivered => 3,
        OrderState.Received or OrderState.AwaitingBalance => 4,
        _ => 5,
    };

    /// <summary>What was, what is, what comes; a workshop reads what was alone.</summary>
    public static IReadOnlyList<TimelineEntry> Story(OrderView view, Lang lang, Format format)
    {
        var story = view.Events.Select(e => new TimelineEntry(
            e.Kind is "cancelled" or "expired" or "work-declined" or "machine-broken" or "later-date" ? TimelineState.Problem : TimelineState.Done,
            lang.T(e.Text), format.DateTime(e.At), e.By.Length == 0 ? null : e.By)).ToList();
        if (!view.SeesPrices || view.Order.State is OrderState.Cancelled or OrderState.Completed) return story;

        var order = view.Order;
        var coming = new List<(int Step, Text Title, string? When)>
        {
            (1, order.Deposit.IsZero ? new Text("Confirmation par les ateliers", "Confirmation by the workshops") : new Text("Paiement de l'acompte", "Payment of the deposit"), null),
            (2, new Text("Fabrication dans les ateliers", "Production at the workshops"), null),
            (3, new Text("Livraison et réception signée", "Delivery and signed receipt"), format.Date(order.PromiseDate)),
            (4, new Text("Facture et solde", "Invoice and balance"), null),
            (5, new Text("Ateliers payés", "Workshops paid"), null),
        };
        var current = Current(order);
        story.AddRange(coming.Where(c => c.Step >= current).Select(c => new TimelineEntry(
            c.Step == current ? TimelineState.Now : TimelineState.Next, lang.T(c.Title), c.When)));
        return story;
    }
}
