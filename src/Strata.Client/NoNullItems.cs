using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Strata.Client;

/// <summary>
/// Refuses null inside lists and dictionaries whose items are declared never to be null: System.Text.Json looks at the annotations of properties only.
/// </summary>
internal static class NoNullItems
{
    public static void Add(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        (string Name, Func<object, object?> Get, NullabilityInfo Nullability)[] collections =
        [
            .. from property in type.Properties
               let member = property.AttributeProvider as PropertyInfo
               where member is not null && property.Get is not null
               let nullability = new NullabilityInfoContext().Create(member)
               where MayHoldNull(nullability)
               select (property.Name, property.Get!, nullability),
        ];
        if (collections.Length > 0)
        {
            type.OnDeserialized = value =>
            {
                foreach ((string name, Func<object, object?> get, NullabilityInfo nullability) in collections)
                {
                    Check(name, get(value), nullability);
                }
            };
        }
    }

    private static NullabilityInfo? ItemOf(NullabilityInfo collection) =>
        collection.GenericTypeArguments.LastOrDefault() is { } item && typeof(IEnumerable).IsAssignableFrom(collection.Type) ? item : null;

    /// <summary>Whether somewhere inside there is an item that could be null and is declared not to be.</summary>
    private static bool MayHoldNull(NullabilityInfo collection) =>
        ItemOf(collection) is { } item && ((!item.Type.IsValueType && item.ReadState == NullabilityState.NotNull) || MayHoldNull(item));

    private static void Check(string name, object? value, NullabilityInfo collection)
    {
        if (value is null || ItemOf(collection) is not { } item)
        {
            return;
        }

        IEnumerable items = value is IDictionary dictionary ? dictionary.Values : (IEnumerable)value;
        foreach (object? one in items)
        {
            if (one is null && item.ReadState == NullabilityState.NotNull)
            {
                throw new JsonException($"'{name}' holds null where a value is needed.");
            }

            if (MayHoldNull(item))
            {
                Check(name, one, item);
            }
        }
    }
}
