using TiersLieux.Market.Grains.Common;

namespace TiersLieux.Market.Grains.Payments;

/// <summary>The single writer of one payment; its key is the payment's id. It alone speaks to the provider about it.</summary>
public interface IPaymentGrain : IGrainWithGuidKey
{
    /// <summary>Opens the provider's payment page (once, under the stored key) and returns its address.</summary>
    Task<Outcome<string>> Open();

    /// <summary>Reads how the payment stands at the provider, records it, and tells whoever waits for it.</summary>
    Task Refresh();

    /// <summary>Closes the page so that nobody can pay any more; false when it was paid or is being paid.</summary>
    Task<bool> Close();

    /// <summary>Gives everything back to the payer.</summary>
    Task RefundAll(string motive);

    /// <summary>Sends a refund to the provider; safe to repeat.</summary>
    Task SendRefund(Guid refundId);
}
