using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Connectors.Mail;

public static class MarketMail
{
    /// <summary>Offers <see cref="IMailTransport"/>: SMTP when a host is set, files otherwise. Does not start with settings that do not go together.</summary>
    /// <param name="settings">The section <c>Mail</c>: Folder, Host, Port, StartTls, User, Password, From, FromName.</param>
    public static IServiceCollection AddMarketMail(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<MailOptions>().Bind(settings).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, Validation>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IMailTransport>(s =>
        {
            var options = s.GetRequiredService<IOptions<MailOptions>>().Value;
            return string.IsNullOrEmpty(options.Host) ? new FolderMailTransport(options) : new SmtpMailTransport(options, s.GetRequiredService<TimeProvider>());
        });
        return services;
    }

    private sealed class Validation : IValidateOptions<MailOptions>
    {
        public ValidateOptionsResult Validate(string? name, MailOptions options) =>
            options.Faults() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
