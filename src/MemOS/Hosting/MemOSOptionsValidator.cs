using Microsoft.Extensions.Options;

namespace MemOS.Hosting;

/// <summary>Refuses options out of their range before anything is opened.</summary>
internal sealed class MemOSOptionsValidator : IValidateOptions<MemOSOptions>
{
    public ValidateOptionsResult Validate(string? name, MemOSOptions options) =>
        options.WhyInvalid() is { } reason ? ValidateOptionsResult.Fail(reason) : ValidateOptionsResult.Success;
}
