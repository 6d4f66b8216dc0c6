using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Grains.Mail.Templates;
using TiersLieux.Market.Storage.Messaging;

namespace TiersLieux.Market.Grains.Mail;

public static class MailRegistration
{
    /// <summary>The mails of the market; they ask for an <c>IMailTransport</c> and an <c>IInvoiceRenderer</c>.</summary>
    public static IServiceCollection AddMails(this IServiceCollection services)
    {
        services.AddSingleton<MailSender>();
        services.AddSingleton<IMailTemplate, WorkProposedMail>();
        services.AddSingleton<IMailTemplate, WorkMovedMail>();
        services.AddSingleton<IMailTemplate, DeliveredMail>();
        services.AddSingleton<IMailTemplate, WorkWithdrawnMail>();
        services.AddSingleton<IMailTemplate, LaterDateMail>();
        services.AddSingleton<IMailTemplate, InvoiceMail>();
        services.AddSingleton<IOutboxHandler, MailHandler>();
        services.AddSingleton<IOutboxHandler, BookingNoticeHandler>();
        return services;
    }
}
